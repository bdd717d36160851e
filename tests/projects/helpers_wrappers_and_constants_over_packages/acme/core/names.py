from enum import StrEnum

TEAM = "growth"
CHAT = "chat"
COMMON = {"feature": CHAT, "team": TEAM}
WRONG = {"feature": "chta", "team": TEAM}


class Feature(StrEnum):
    CHAT = "chat"
    SEARCH = "search"
    TYPO = "serch"
