"""Keep pytest from collecting fixtures: they are read, never run."""

collect_ignore_glob = ["*"]
