"""Run the same reports where one machine ends: their queries carried to ClickHouse and Spark, the ledger written there."""
