import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(
        API,
        json=text,
    )
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post, feature="multi_line_call")(
        API,
        json=text,
    )
