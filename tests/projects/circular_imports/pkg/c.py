"""Names that only point at each other are nothing."""
from pkg.d import ghost

ghost.responses.create(input="x")  # ok: CMK101
