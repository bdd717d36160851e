"""Set a repository up: look at it, and propose policy, hook, CI job, baseline and what git shall ignore."""
