"""Every billable call of a project: whose it is, what it asks, what proves its tags, and how many are in order."""
