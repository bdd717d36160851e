"""Star upon star."""
from app.clients import *
from app.plain import *
