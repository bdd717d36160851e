"""Turn records of what is wrong into the smallest edits that make it right; the only stage that changes source."""
