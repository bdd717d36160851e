import requests

API = "https://api.openai.com/v1/responses"


def ask(text):
    return requests.post(API, json=text, user="feature", feature="faq_check")
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text):
    return tagged(requests.post, feature="argument_already_present")(API, json=text, user="feature", feature="faq_check")
