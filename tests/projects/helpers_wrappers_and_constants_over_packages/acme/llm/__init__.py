from .gateway import Gateway, House, attributed, complete as do_complete
from .helpers import *

__all__ = ["Gateway", "House", "attributed", "do_complete", "ask", "Asker"]
