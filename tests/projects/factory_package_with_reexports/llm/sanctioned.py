"""The project's own names for the sanctioned wrapper."""
from cost_lib import tagged as mark
from cost_lib import tags as scope

__all__ = ["mark", "scope"]
