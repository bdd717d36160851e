"""One module an output format: a report goes in, pieces of text come out."""
