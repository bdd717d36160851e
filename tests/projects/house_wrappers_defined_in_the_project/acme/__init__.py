from acme.core import ask as ask
from .core import Llm, Wrapped, aask, openai_client
