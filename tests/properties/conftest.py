"""How long the property tests search: ``make properties``, or ``COSTMARK_PROPERTIES=long``, for a hundred times the examples.

The quick search is the same on every run and does not shrink what it finds, so that it takes seconds whatever happens.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

BRIEF = [Phase.explicit, Phase.generate]
settings.register_profile(
    "quick", max_examples=8, deadline=None, derandomize=True, database=None, phases=BRIEF, suppress_health_check=list(HealthCheck)
)
settings.register_profile("long", settings.get_profile("quick"), max_examples=800, derandomize=False, phases=tuple(Phase))
settings.load_profile(os.environ.get("COSTMARK_PROPERTIES", "quick"))
