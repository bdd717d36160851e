"""Modules that are imported when something is asked of them, and classes that are imported by their full name."""

import importlib

CLASSES = {"openai": "openai.OpenAI", "anthropic": "anthropic:Anthropic", "json": "json.JSONDecoder"}


class LazyLoader:
    def __init__(self, module_name, package_name=None):
        self._module_name = module_name
        self._package_name = package_name or module_name
        self._module = None

    def __getattr__(self, name):
        if self._module is None:
            self._module = importlib.import_module(self._module_name)
        try:
            return getattr(self._module, name)
        except AttributeError:
            nested = importlib.import_module(f"{self._module_name}.{name}")
            setattr(self._module, name, nested)
            return nested


class Label:
    """No import: what it is named says nothing."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        return f"{self._name}.{name}"


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def class_named(full):
    module_name, class_name = full.rsplit(".", 1)
    module = __import__(module_name, fromlist=[class_name])
    return getattr(module, class_name)


def class_of(provider):
    module_name, _, class_name = CLASSES[provider].partition(":")
    return getattr(importlib.import_module(module_name), class_name)


openai = LazyLoader("openai")
cohere = LazyLoader("cohere")
yaml = LazyLoader("yaml", "pyyaml")
labelled = Label("openai")
mistral = optional("mistralai")
