"""The commands of reports: one module each, imported when it is called."""
