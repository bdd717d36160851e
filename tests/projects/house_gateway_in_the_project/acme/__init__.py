"""The door re-exports the gateway."""
from acme.gateway import complete as complete
