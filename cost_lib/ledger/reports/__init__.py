"""Answer questions about the log: one module for a report that needs more than its query."""
