import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    def inner():
        return requests.post(API, json=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
# output
import requests
from cost_lib import tagged as costmark_tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    def inner():
        return costmark_tagged(requests.post, feature="name_in_another_scope")(API, json=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
