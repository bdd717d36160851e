import xai_sdk
from cost_lib import record_call

chat = xai_sdk.Client().chat.create(model="grok-3")
with record_call(provider="xai", model="grok-3", feature="reasoning") as call:
    chat.sample()
