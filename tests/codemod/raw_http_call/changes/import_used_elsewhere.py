import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(API, json=text)


def free(text):
    return requests.get("https://example.com/status")
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post, feature="import_used_elsewhere")(API, json=text)


def free(text):
    return requests.get("https://example.com/status")
