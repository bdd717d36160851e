"""What is there from the start."""
from base import Models
from gemini import Gemini

Models.register("gemini", Gemini)
