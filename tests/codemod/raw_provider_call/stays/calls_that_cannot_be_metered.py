import xai_sdk

chat = xai_sdk.Client().chat.create(model="grok-3")  # ``tagged`` would not help here
