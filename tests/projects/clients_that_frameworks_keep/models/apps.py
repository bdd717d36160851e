"""The config of an application keeps clients."""

from django.apps import AppConfig
from openai import OpenAI

from cost_lib import tagged


class ModelsConfig(AppConfig):
    name = "site.models"

    def ready(self):
        self.model_client = OpenAI()
        self.tagged_client = tagged(OpenAI(), feature="x")


class OtherConfig(AppConfig):
    name = "site.others"
    label = "strangers"

    def ready(self):
        self.model_client = tagged(OpenAI(), feature="x")
