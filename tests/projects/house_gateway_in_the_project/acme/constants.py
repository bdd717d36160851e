"""Tags as constants."""
CHAT = {"feature": "chat"}
TYPO = {"feature": "chatt"}
FEATURE = "chat"
