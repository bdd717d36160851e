import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    if text: return requests.post(API, json=text)
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    if text: return tagged(requests.post, feature="single_line_if")(API, json=text)
