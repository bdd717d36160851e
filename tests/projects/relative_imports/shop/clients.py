"""Clients of the shop."""
from groq import AsyncGroq, Groq

groq = Groq()
async_groq = AsyncGroq()
