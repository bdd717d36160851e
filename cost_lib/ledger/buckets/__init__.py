"""Ledgers in buckets: read through DuckDB's own extension, written as objects that never change and one that says which of them count."""
