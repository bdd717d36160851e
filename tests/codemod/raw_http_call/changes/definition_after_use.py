import requests


def ask(text):
    return requests.post(API, json=text)


API = "https://api.openai.com/v1/responses"
# output
import requests
from cost_lib import tagged


def ask(text):
    return tagged(requests.post, feature="definition_after_use")(API, json=text)


API = "https://api.openai.com/v1/responses"
