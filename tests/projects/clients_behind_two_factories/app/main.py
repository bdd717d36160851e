"""Where everything is put together."""
from app.factory import make, make_canned
from app.graph import Setup


class Application:
    def __init__(self, kind: str) -> None:
        provider = make(kind)
        self.quick = provider.get_llm()
        self.setup = Setup(self.quick, make_canned().get_answers())
        self.nodes = self.setup.build(None, [])
