"""The doors to the analyzer: the command, the flake8 plugin, the hook."""
