"""Restate what was spent under corrected prices, as a new version beside what was recorded."""
