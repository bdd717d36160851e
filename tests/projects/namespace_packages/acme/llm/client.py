"""No ``__init__.py`` above: a namespace package."""
from mistralai.client import Mistral

from cost_lib import tagged

mistral = Mistral(api_key="k")
good = tagged(mistral, feature="chat")
