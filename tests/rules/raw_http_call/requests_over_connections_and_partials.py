"""Requests over a connection to a host, by a partial, by a function that repeats them, and by an executor."""
import asyncio
import http.client
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from http.client import HTTPSConnection
import requests
from cost_lib import record_call

URL = "https://api.openai.com/v1/chat/completions"
OTHER = "https://example.com/v1/chat/completions"
HOST = "api.openai.com"


def over_a_connection(body):
    connection = http.client.HTTPSConnection("api.openai.com", timeout=9)
    connection.request("POST", "/v1/chat/completions", body)  # finds: CMK102
    connection.request("GET", "/v1/models")  # ok: CMK102
    other = HTTPSConnection("api.example.com")
    other.request("POST", "/v1/chat/completions", body)  # ok: CMK102
    with_port = HTTPSConnection(host=f"{HOST}:443")
    with_port.request(method="POST", url="/v1/chat/completions", body=body)  # finds: CMK102
    with_port.putrequest("POST", "/v1/chat/completions")  # finds: CMK102
    with record_call(provider="openai", feature="x"):
        connection.request("POST", "/v1/chat/completions", body)  # ok: CMK102


class Connected:
    def __init__(self):
        self.connection = HTTPSConnection(HOST)

    def ask(self, body):
        self.connection.request("POST", "/v1/chat/completions", body)  # finds: CMK102


def by_an_opener(body):
    opener = urllib.request.build_opener()
    opener.open(urllib.request.Request(URL, data=body))  # finds: CMK102
    opener.open(URL, body)  # finds: CMK102
    opener.open(URL)  # ok: CMK102
    opener.open(urllib.request.Request(OTHER, data=body))  # ok: CMK102


def prepared(body):
    session = requests.Session()
    session.send(requests.Request("POST", URL, json=body).prepare())  # finds: CMK102
    session.send(session.prepare_request(requests.Request("POST", URL, json=body)))  # finds: CMK102
    session.send(requests.Request("GET", URL).prepare())  # ok: CMK102


def by_a_partial(body):
    partial(requests.post, URL)(json=body)  # finds: CMK102
    send = partial(requests.request, "POST", json=body)
    send(URL)  # finds: CMK102
    send(OTHER)  # ok: CMK102
    partial(requests.get, URL)()  # ok: CMK102
    with record_call(provider="openai", feature="x"):
        partial(requests.post, URL)(json=body)  # ok: CMK102


def repeated(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)  # finds: CMK102

    return inner


def repeated_elsewhere(function):
    def inner(url, **kwargs):
        return function(url, **kwargs)  # ok: CMK102

    return inner


def by_what_a_function_gives(body):
    repeated(requests.post)(URL, json=body)
    repeated_elsewhere(requests.post)(OTHER, json=body)


async def elsewhere(body):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, partial(requests.post, URL, json=body))  # finds: CMK102
    await loop.run_in_executor(None, partial(requests.post, OTHER, json=body))  # ok: CMK102
    await asyncio.to_thread(requests.post, URL, json=body)  # finds: CMK102
    await asyncio.to_thread(requests.get, URL)  # ok: CMK102
    with ThreadPoolExecutor() as pool:
        pool.submit(requests.post, URL, json=body)  # finds: CMK102
        pool.submit(requests.post, OTHER, json=body)  # ok: CMK102
