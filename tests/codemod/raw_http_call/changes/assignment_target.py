import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    reply = requests.post(API, json=text)
    reply.text, client_of = text, reply
    return client_of
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    reply = tagged(requests.post, feature="assignment_target")(API, json=text)
    reply.text, client_of = text, reply
    return client_of
