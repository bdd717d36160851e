"""Tell from a host where a provider has to work."""

from __future__ import annotations

import re
from typing import Final

# endpoints that are bound to a geography: data residency of OpenAI, the United States at xAI
BOUND: Final = re.compile(r"^(?:(us|eu|au|in|jp|ca|uk|gb|sg|kr|ae)\.api\.openai\.com|us\.api\.x\.ai)$")
REGION: Final = re.compile(r"bedrock[a-z-]*\.([a-z]{2}(?:-[a-z]+)+-\d)\.")  # of Bedrock
