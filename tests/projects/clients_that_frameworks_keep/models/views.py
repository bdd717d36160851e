"""Views that ask for it by its label."""

from django.apps import apps


def view(request, m):
    apps.get_app_config("models").model_client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    apps.get_app_config("models").tagged_client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    apps.get_app_config("strangers").model_client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    apps.get_app_config("others").model_client.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    config = apps.get_app_config("models")
    config.model_client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
