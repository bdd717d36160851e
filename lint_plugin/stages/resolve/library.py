"""What is known of the standard library and of HTTP clients: facts as tables, named by dotted path."""

from __future__ import annotations

from typing import Final

from lint_plugin import ir

# HTTP clients: methods that send a request, with the position of the URL (the verb comes first in ``request``)
HTTP_METHODS: Final = {
    **dict.fromkeys(("post", "put", "patch", "ws_connect", "open"), 0),
    **dict.fromkeys(("request", "stream", "urlopen", "putrequest"), 1),
}
HTTP_BUILDERS: Final = frozenset({"build_request"})  # methods that only make what ``send`` sends
HTTP_CLASSES: Final = {
    "requests.Session": "requests.Session",
    "requests.session": "requests.Session",
    "requests.sessions.Session": "requests.Session",
    "httpx.Client": "httpx.Client",
    "httpx.AsyncClient": "httpx.AsyncClient",
    "httpx2.Client": "httpx.Client",
    "httpx2.AsyncClient": "httpx.AsyncClient",
    "aiohttp.ClientSession": "aiohttp.ClientSession",
    "aiohttp.client.ClientSession": "aiohttp.ClientSession",
    "urllib3.PoolManager": "urllib3.PoolManager",
    "requests_toolbelt.sessions.BaseUrlSession": "requests.Session",
    "urllib.request.build_opener": "urllib.request.OpenerDirector",
    "http.client.HTTPSConnection": "http.client.HTTPSConnection",
    "http.client.HTTPConnection": "http.client.HTTPConnection",
}
CONNECTIONS: Final = {"HTTPSConnection": "https://", "HTTPConnection": "http://"}  # made with a host rather than a URL
HTTP_FUNCTIONS: Final = {
    **{
        f"{package}.{name}": at
        for package in ("requests", "requests.api", "httpx", "httpx2")
        for name, at in HTTP_METHODS.items()
        if at < 2
    },
    "httpx.stream": 1,
    "httpx2.stream": 1,
    "aiohttp.request": 1,
    "urllib3.request": 1,
    "urllib.request.urlopen": 0,
    "websockets.connect": 0,
    "websockets.sync.client.connect": 0,
    "websockets.asyncio.client.connect": 0,
    "websocket.create_connection": 0,
    "websocket.WebSocketApp": 0,
}
OVER_CLIENT: Final = frozenset({"httpx_sse.connect_sse", "httpx_sse.aconnect_sse"})  # functions that send by the client that comes first
URL_REQUEST: Final = "urllib.request.Request"
REQUEST_CLASSES: Final = frozenset({URL_REQUEST, "httpx.Request", "requests.Request"})
BASE_URL: Final = (
    "base_url",
    "api_base",
    "azure_endpoint",
    "endpoint",
    "endpoint_url",
    "host",
    "server_url",
    "openai_api_base",
    "api_endpoint",
)

FORMS: Final = frozenset({"tagged", "tags", "inherited", "record_call", "meter"})  # the sanctioned forms of cost_lib

EXECUTORS: Final = frozenset(
    {
        "concurrent.futures.ThreadPoolExecutor",
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.thread.ThreadPoolExecutor",
        "concurrent.futures.process.ProcessPoolExecutor",
        "concurrent.futures.Executor",
        "concurrent.futures.InterpreterPoolExecutor",
        "multiprocessing.pool.ThreadPool",
        "multiprocessing.pool.Pool",
        "multiprocessing.Pool",
        "multiprocessing.dummy.Pool",
    }
)
SUBMITS: Final = frozenset({"submit", "map", "apply", "apply_async", "map_async", "imap", "imap_unordered", "starmap", "starmap_async"})
THREADS: Final = {"threading.Thread": 1, "threading.Timer": 1, "multiprocessing.Process": 1}
STACKS: Final = frozenset({"contextlib.ExitStack", "contextlib.AsyncExitStack"})
LOOPS: Final = frozenset({"asyncio.get_event_loop", "asyncio.get_running_loop", "asyncio.new_event_loop"})

# calls that run their first callable here and now, in this context
CARRYING: Final = frozenset(
    {
        "asyncio.to_thread",
        "anyio.to_thread.run_sync",
        "starlette.concurrency.run_in_threadpool",
        "fastapi.concurrency.run_in_threadpool",
        "asgiref.sync.sync_to_async",
        "asgiref.sync.async_to_sync",
        "trio.to_thread.run_sync",
        "functools.partial",
        "builtins.map",
        "builtins.filter",
    }
)
RUNNING: Final = frozenset({"asyncio.run", "anyio.run", "asyncio.run_until_complete"})
GATHERING: Final = frozenset({"asyncio.gather"})
SCHEDULING: Final = frozenset({"asyncio.create_task", "asyncio.ensure_future", "asyncio.wait_for", "asyncio.shield", "asyncio.timeout"})
# looking at a callable is no use of it
LOOKING: Final = frozenset(
    "builtins.isinstance builtins.issubclass builtins.hasattr builtins.print builtins.repr builtins.str builtins.id builtins.type"
    " builtins.callable builtins.vars builtins.len builtins.bool builtins.setattr inspect.signature inspect.iscoroutinefunction"
    " inspect.getsource asyncio.iscoroutinefunction functools.wraps functools.update_wrapper unittest.mock.patch.object"
    " unittest.mock.MagicMock unittest.mock.Mock unittest.mock.create_autospec typing.get_type_hints cost_lib.tagged cost_lib.tags".split()
)
# responses that iterate over their body after the view has returned
STREAMING: Final = frozenset({"StreamingResponse", "StreamingHttpResponse", "EventSourceResponse", "ServerSentEventsResponse"})
SAME: Final = frozenset(
    "builtins.iter builtins.reversed builtins.sorted builtins.aiter copy.copy copy.deepcopy contextlib.closing contextlib.aclosing"
    " weakref.proxy weakref.ref".split()
)
COLLECTING: Final = {
    "builtins.list": "list",
    "builtins.tuple": "tuple",
    "builtins.set": "set",
    "builtins.frozenset": "set",
    "builtins.dict": "dict",
    "collections.OrderedDict": "dict",
    "collections.deque": "list",
    "itertools.cycle": "list",
    "types.MappingProxyType": "dict",
    "types.SimpleNamespace": "namespace",
    "argparse.Namespace": "namespace",
    "addict.Dict": "namespace",
    "box.Box": "namespace",
    "easydict.EasyDict": "namespace",
    "munch.Munch": "namespace",
}
# containers that are made empty, whatever their arguments say
HOLDING: Final = {
    "asyncio.Queue": "list",
    "asyncio.LifoQueue": "list",
    "asyncio.PriorityQueue": "list",
    "queue.Queue": "list",
    "queue.SimpleQueue": "list",
    "queue.LifoQueue": "list",
    "queue.PriorityQueue": "list",
    "weakref.WeakValueDictionary": "dict",
    "weakref.WeakKeyDictionary": "dict",
    "cachetools.Cache": "dict",
    "cachetools.LRUCache": "dict",
    "cachetools.TTLCache": "dict",
    "contextvars.ContextVar": "var",
}
CONTEXT: Final = "contextvars.Context"
SELF: Final = frozenset({"typing.Self", "typing_extensions.Self"})
ENVIRONMENT: Final = frozenset({"os.getenv", "os.environ.get", "decouple.config", "environ.get"})
STRING_SAME: Final = frozenset(
    {"strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "encode", "decode", "lower", "replace", "format_map"}
)


def knows(cls: str) -> bool:
    """Tell whether instances of a class are ours to model rather than the catalog's."""
    return cls in _MODELLED


_MODELLED: Final = frozenset(HTTP_CLASSES.values()) | REQUEST_CLASSES | EXECUTORS | {"asyncio.TaskGroup", CONTEXT, "asyncio.loop"}


def dotted(node: ir.Expr) -> str:
    """Return an expression as a dotted name, calls looked through; empty when it is none."""
    parts: list[str] = []
    while True:
        if isinstance(node, ir.Call):
            node = node.func
        elif isinstance(node, ir.Attr):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ir.Name):
            parts.append(node.id)
            return ".".join(reversed(parts))
        else:
            return ""


def class_in(text: str) -> str:
    """Return the dotted name of the class that a string such as ``package.Class`` or ``package:Class`` looks to mean; else nothing."""
    module, _, name = text.replace(":", ".", 1).rpartition(".")
    return f"{module}.{name}" if name[:1].isupper() and module.isascii() and " " not in text and "/" not in text else ""
