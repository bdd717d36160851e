import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    def inner():
        return tagged(requests.post, feature="faq_check")(API, json=text)

    return inner


class Holder:
    tagged = None

    def ask(self, client):
        return self.tagged, client
