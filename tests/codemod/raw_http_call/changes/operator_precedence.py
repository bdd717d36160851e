import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return not requests.post(API, json=text) or -1 + 2 * 3
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return not tagged(requests.post, feature="operator_precedence")(API, json=text) or -1 + 2 * 3
