"""Search; the shared client is an attribute of the package."""
from ..clients import groq as shared
