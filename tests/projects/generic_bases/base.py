from abc import ABC
from typing import Generic, Optional, TypeVar

ClientT = TypeVar("ClientT")
SettingsT = TypeVar("SettingsT")
AnswerT = TypeVar("AnswerT")


class Chat(ABC, Generic[AnswerT, ClientT]):
    client: ClientT
    last: Optional[AnswerT] = None

    def current(self) -> ClientT:
        return self.client


class Backend(Generic[SettingsT]):
    def __init__(self, *, settings: SettingsT) -> None:
        self.settings = settings
