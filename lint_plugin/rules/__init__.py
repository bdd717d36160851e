"""One file a rule, with its page; ``registry`` names them all."""
