import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(API, json=f"{text!r}, (")
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post, feature="f_string")(API, json=f"{text!r}, (")
