import requests

API = "https://api.openai.com/v1/responses"


def ask(text, *rest, **options):
    return requests.post(API, *rest, **options)
# output
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1/responses"


def ask(text, *rest, **options):
    return tagged(requests.post, feature="star_arguments")(API, *rest, **options)
