import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(
        API,  # (the first one
        json=text,
    )
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post, feature="comment_inside_the_call")(
        API,  # (the first one
        json=text,
    )
