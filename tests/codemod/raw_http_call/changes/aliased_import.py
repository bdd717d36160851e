import httpx as http

API = "https://api.openai.com/v1/responses"


def ask(text):
    return http.post(API, json=text)
# output
import httpx as http
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(http.post, feature="aliased_import")(API, json=text)
