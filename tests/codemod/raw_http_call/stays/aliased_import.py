import requests
from cost_lib import tagged as label

API = "https://api.openai.com/v1/responses"


def ask(text):
    return label(requests.post, feature="faq_check")(API, json=text)
