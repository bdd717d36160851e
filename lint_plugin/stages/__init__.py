"""The pipeline, one module or folder an arrow."""
