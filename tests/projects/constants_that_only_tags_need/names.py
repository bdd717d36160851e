PART = {"team": "t"}
WRONG = {"feature": "chta", "team": "t"}
EMPTY = {"feature": "", "team": "t"}
BAD = "chta"
