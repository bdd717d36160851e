"""Turn what people ask for (``--by``, ``--where``, times) into known columns and parameters; no text of theirs reaches the engine's SQL."""
