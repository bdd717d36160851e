"""From findings to changed files: what is to be done about each finding, tried, checked again, and written."""
