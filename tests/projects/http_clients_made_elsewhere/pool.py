import httpx

_client = None


def shared():
    global _client
    if _client is None:
        _client = httpx.AsyncClient(timeout=30)
    return _client


class OneOfEach(type):
    _made = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._made:
            cls._made[cls] = super().__call__(*args, **kwargs)
        return cls._made[cls]


class Pool(metaclass=OneOfEach):
    def __init__(self):
        self.client = httpx.AsyncClient()

    def get(self):
        return self.client


class Recorder:
    """Sends nothing."""

    def __init__(self):
        self.seen = []

    def post(self, url, json=None):
        self.seen.append(url)


def recorder():
    return Recorder()
