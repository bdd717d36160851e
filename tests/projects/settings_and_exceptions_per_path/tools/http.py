import requests
requests.post("https://api.openai.com/v1/responses")  # ok: CMK102
