"""Clients made of modules and classes that nothing imports in the usual way."""

import loading
from django.utils.module_loading import import_string
from loading import cohere, labelled, mistral, openai, yaml


def of_a_lazy_module(prompt):
    client = openai.OpenAI()
    return client.chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101


def each_stands_for_its_own_module(text):
    return cohere.Client().embed(texts=[text], model="embed-v4.0")  # finds: CMK101


def another_lazy_module_has_no_such_class(prompt):
    return yaml.OpenAI().chat.completions.create(model="gpt-4o", messages=prompt)  # ok: CMK101


def only_called_alike(prompt):
    return labelled.OpenAI().chat.completions.create(model="gpt-4o", messages=prompt)  # ok: CMK101


def of_a_module_that_a_function_imports(prompt):
    return mistral.Mistral().chat.complete(model="mistral-large-latest", messages=prompt)  # finds: CMK101


def clients(configs, default="openai.OpenAI"):
    return [loading.class_named(config.pop("class", default))() for config in configs]


def of_a_class_by_its_full_name(prompt, configs):
    client = clients(configs)[0]
    return client.chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101


def of_a_table_of_names(prompt):
    client = loading.class_of("anthropic")()
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=10, messages=prompt)  # finds: CMK101


def of_a_string(prompt):
    client = import_string("openai.OpenAI")()
    return client.chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101


def of_another_string(text):
    decoder = import_string("json.JSONDecoder")()
    return decoder.chat.completions.create(model="gpt-4o", messages=text)  # ok: CMK101
