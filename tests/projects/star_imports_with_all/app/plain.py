"""No ``__all__``: what does not begin with an underscore is exported, imports included."""
from openai import AzureOpenAI

azure = AzureOpenAI()
_hidden = AzureOpenAI()
