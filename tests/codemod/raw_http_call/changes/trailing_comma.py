import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    first = requests.post(API, json=text,)
    return first, requests.post(API, json=text)
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    first = tagged(requests.post, feature="trailing_comma")(API, json=text,)
    return first, tagged(requests.post, feature="trailing_comma")(API, json=text)
