import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(API, json=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
# output
import requests
from cost_lib import tagged as costmark_tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return costmark_tagged(requests.post, feature="name_shadowed")(API, json=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
