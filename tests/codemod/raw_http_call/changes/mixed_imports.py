import requests
from requests import post

API = "https://api.openai.com/v1/responses"


def ask(text):
    return (requests.post or post)(API, json=text), post(API, json=text)
# output
import requests
from cost_lib import tagged
from requests import post

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post or post, feature="mixed_imports")(API, json=text), tagged(post, feature="mixed_imports")(API, json=text)
