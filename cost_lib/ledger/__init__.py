"""Read the log as a table, and report on it."""
