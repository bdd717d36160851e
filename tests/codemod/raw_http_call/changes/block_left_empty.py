import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    try:
        requests.post(API, json=text)
    except ValueError:
        pass
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    try:
        tagged(requests.post, feature="block_left_empty")(API, json=text)
    except ValueError:
        pass
