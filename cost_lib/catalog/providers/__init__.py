"""One module a provider or framework, each nothing but a ``PROVIDER`` literal."""
