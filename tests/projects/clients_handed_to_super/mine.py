from base import Base, Quiet
from openai import OpenAI


class Mine(Base):
    def __init__(self):
        super().__init__(OpenAI())


class Other(Quiet):
    def __init__(self, recorder):
        super().__init__(recorder)
