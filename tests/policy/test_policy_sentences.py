"""Everything that can be wrong with a policy file, and the whole sentence that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import PolicyError, loads

CODES = frozenset(("CMK101", "CMK104", "CMK201"))
WRAPPER = '[[wrappers]]\nname = "acme_llm.complete"\nkind = "call"\n'
EXCEPTION = '[[exceptions]]\nrule = "CMK101"\npath = "scripts/migrate.py"\nowner = "data"\nreason = "one-off"\n'


def sentence(text: str | bytes, name: str = "costmark.toml") -> str:
    with pytest.raises(PolicyError) as caught:
        loads(text, Path(name), read=lambda path: Path(path.name).read_bytes(), known_codes=CODES)
    return str(caught.value)


SETTINGS = {
    "\n\nrequired-tag = []": 'costmark.toml:3: unknown key "required-tag"; did you mean "required-tags"?',
    "required_tags = []": 'costmark.toml:1: unknown key "required_tags"; did you mean "required-tags"?',
    'required-tags = "feature"': 'costmark.toml:1: "required-tags" must be an array of strings, not a string; write ["feature"]',
    "required-tags = [\n  'feature',\n  3,\n]": 'costmark.toml:3: "required-tags" must be an array of strings, but one item is an integer',
    'required-tags = ["feature",\n"featuer"]': 'costmark.toml:2: unknown tag "featuer" in "required-tags"; did you mean "feature"?',
    "required-tags = ['']": 'costmark.toml:1: "required-tags" must not hold an empty string',
    "exclude = ' '": 'costmark.toml:1: "exclude" must be an array of strings, not a string',
    'metering = "proces"': 'costmark.toml:1: "metering" must be "call" or "process", not "proces"; did you mean "process"?',
    "metering = true": 'costmark.toml:1: "metering" must be "call" or "process", not a boolean',
    'on-untagged = "warning"': ('costmark.toml:1: "on-untagged" must be "record", "warn" or "raise", not "warning"; did you mean "warn"?'),
    "allow-raw = [3]": 'costmark.toml:1: "allow-raw" must be an array of strings, but one item is an integer',
    'allow-raw = ["src/[gateway"]': 'costmark.toml:1: bad glob "src/[gateway" in "allow-raw": "[" is never closed',
    'exclude = ["ok",\n\n"/vendor"]': (
        'costmark.toml:3: bad glob "/vendor" in "exclude": it must be relative to the folder of the policy file'
    ),
    'enable = ["CMK105"]': 'costmark.toml:1: unknown code "CMK105" in "enable"; did you mean "CMK104"?',
    'disable = ["cmk101"]': 'costmark.toml:1: unknown code "cmk101" in "disable"; did you mean "CMK101"?',
    'no-inline = ["all"]': 'costmark.toml:1: unknown code "all" in "no-inline"; known: "CMK101", "CMK104" and "CMK201"',
    'enable = ["CMK101"]\ndisable = ["CMK101"]': 'costmark.toml:2: "CMK101" cannot be both enabled and disabled',
    "catalog = 2026.11": 'costmark.toml:1: "catalog" must be a string such as "2026.11", not a float; put it in quotes',
    'catalog = "2026.13"': 'costmark.toml:1: "catalog" must be a year and a month such as "2026.11", not "2026.13"',
    'user-id = "hsah"': 'costmark.toml:1: "user-id" must be "hash", "plain" or "drop", not "hsah"; did you mean "hash"?',
    'personal-data = "ignore"': 'costmark.toml:1: "personal-data" must be "hash", "drop", "raise" or "plain", not "ignore"',
    'on-budget-error = "open"': 'costmark.toml:1: "on-budget-error" must be "allow" or "block", not "open"',
    'budget-zone = "Europe/Berln"': (
        'costmark.toml:1: "budget-zone" must be a time zone such as "Europe/Berlin", not "Europe/Berln"; did you mean "Europe/Berlin"?'
    ),
    "[total]\nmonthly = 1": 'costmark.toml:2: unknown key "monthly" in total; did you mean "monthly-budget"?',
    "total = 1": 'costmark.toml:1: "total" must be a table, not an integer',
    'bills = ["token"]': 'costmark.toml:1: "bills" must be "tokens", "job" or "storage", not "token"; did you mean "tokens"?',
    "extend = 1": 'costmark.toml:1: "extend" must be a string, not an integer',
    'required-tags = ["line\\nbreak"]': (
        'costmark.toml:1: unknown tag "line\\nbreak" in "required-tags"; known: "feature", "team", "project", "cost_center", "owner", '
        '"user_id", "user_segment", "environment", "priority", "request_type", "prompt_version", "chain_id" and "session_id"'
    ),
    "zzz = 1": (
        'costmark.toml:1: unknown key "zzz"; known: "extend", "required-tags", "metering", "on-untagged", "allow-raw", '
        '"enable", "disable", "no-inline", "user-id", "personal-data", "bills", "fix-with", '
        '"exclude", "catalog", "on-budget-error", "budget-zone", "paths", '
        '"tags", "features", "owners", "hosts", "prices", "total", "wrappers" and "exceptions"'
    ),
}

TABLES = {
    '[paths."services/**"]\nrequired-tag = []': (
        'costmark.toml:2: unknown key "required-tag" in paths."services/**"; did you mean "required-tags"?'
    ),
    '[paths."a\\\\b"]': 'costmark.toml:1: bad glob "a\\b" in paths: write forward slashes',
    '[paths.""]': 'costmark.toml:1: a name in "paths" must not be empty',
    "[paths.a]\nexclude = []": (
        'costmark.toml:2: unknown key "exclude" in paths.a; "exclude" is for the whole project, move it above the first table header'
    ),
    '[paths.a]\nrequired-tags = ["temm"]': 'costmark.toml:2: unknown tag "temm" in "required-tags" in paths.a; did you mean "team"?',
    "tags = 1": 'costmark.toml:1: "tags" must be a table, not an integer',
    "tags.team = 1": 'costmark.toml:1: "team" in tags must be a table, not an integer',
    "[tags.x]\nvalue = []": 'costmark.toml:2: unknown key "value" in tags.x; did you mean "values"?',
    "[tags.x]\nenable = []": (
        'costmark.toml:2: unknown key "enable" in tags.x; "enable" is a key of the top level, move it above the first table header'
    ),
    "[tags.user-segment]": (
        'costmark.toml:1: the tag "user-segment" must be a Python name, because it is a keyword argument; did you mean "user_segment"?'
    ),
    '[tags."1"]': 'costmark.toml:1: the tag "1" must be a Python name, because it is a keyword argument',
    "[tags.argument]": 'costmark.toml:1: a tag cannot be called "argument"',
    '[tags.x]\nvalues = ["a"]\ndefault = "b"': 'costmark.toml:3: "default" in tags.x must be one of its "values", not "b"',
    '[tags.x]\nfrom-env = "APP ENV"': (
        'costmark.toml:2: "from-env" in tags.x must be the name of an environment variable, such as APP_ENV'
    ),
    '[tags.x]\nambient = "yes"': 'costmark.toml:2: "ambient" in tags.x must be true or false, not a string',
    "[tags.x]\nliteral = 1": 'costmark.toml:2: "literal" in tags.x must be true or false, not an integer',
    "[features.a]\nowner = 3": 'costmark.toml:2: "owner" in features.a must be a string, not an integer',
    '[features.a]\nowner = " "': 'costmark.toml:2: "owner" in features.a must not be empty',
    '[features.a]\nmonthly-budget = "100"': 'costmark.toml:2: "monthly-budget" in features.a must be a number, not a string',
    "[features.a]\nmonthly-budget = true": 'costmark.toml:2: "monthly-budget" in features.a must be a number, not a boolean',
    "[features.a]\ndaily-budget = -1": 'costmark.toml:2: "daily-budget" in features.a must be between 0 and 1000000000 USD',
    "[features.a]\ndaily-budget = 1e9999": 'costmark.toml:2: "daily-budget" in features.a must be between 0 and 1000000000 USD',
    "[features.a]\ndaily-budget = nan": 'costmark.toml:2: "daily-budget" in features.a must be a finite number',
    "[features.a]\ndaily-budget = 1e99999999999999999999": 'costmark.toml:2: "daily-budget" in features.a must be a finite number',
    "[features.a]\ndaily-budget = 0.0000000001": 'costmark.toml:2: "daily-budget" in features.a must not have more than 9 decimals',
    "[features.a]\ndaily-budget = 1e-99999999": 'costmark.toml:2: "daily-budget" in features.a must not have more than 9 decimals',
    "[features.a]\nalert-at = 0.8": 'costmark.toml:2: "alert-at" in features.a must be an array of numbers, not a float',
    "[features.a]\nalert-at = [0.8,\n80]": (
        'costmark.toml:3: "alert-at" in features.a must hold shares of the budget, such as 0.8, above 0 and up to 10'
    ),
    '[features.a]\nalert-at = ["80%"]': 'costmark.toml:2: "alert-at" in features.a must be a number, not a string',
    '[features.a]\non-exceeded = "stop"': 'costmark.toml:2: "on-exceeded" in features.a must be "alert" or "block", not "stop"',
    "[features.a]\nmonthly_budget = 1": 'costmark.toml:2: unknown key "monthly_budget" in features.a; did you mean "monthly-budget"?',
    "[owners]\nsupport = 'x'": 'costmark.toml:2: "support" in owners must be a table, not a string',
    '[owners.support]\nnotify-env = "https://hooks.example/secret"': (
        'costmark.toml:2: "notify-env" in owners.support must be the name of an environment variable, such as APP_ENV'
    ),
    '[hosts."https://llm.acme.internal/v1"]\nprovider = "openai"': (
        'costmark.toml:1: "https://llm.acme.internal/v1" is not a host; write it without scheme and path, such as "llm.acme.internal"'
    ),
    '[hosts."llm.acme.internal"]': 'costmark.toml:1: hosts."llm.acme.internal" needs "provider"',
    "[prices.acme-1]\ninput = 1": 'costmark.toml:1: "acme-1" in prices must be provider and model, such as "acme/acme-1"',
    '[prices."acme/acme-1"]\ninput = 0.1234567': 'costmark.toml:2: "input" in prices."acme/acme-1" must not have more than 6 decimals',
    '[prices."acme/acme-1"]\ninputs = 1': 'costmark.toml:2: unknown key "inputs" in prices."acme/acme-1"; did you mean "input"?',
}

LISTS = {
    "wrappers = 1": 'costmark.toml:1: "wrappers" must be an array of tables, each under [[wrappers]], not an integer',
    '[wrappers]\nname = "a.b"': 'costmark.toml:1: "wrappers" must be an array of tables, each under [[wrappers]], not a table',
    "wrappers = [1]": "costmark.toml:1: [[wrappers]] must hold tables, not an integer",
    "\n[[wrappers]]\n": 'costmark.toml:2: [[wrappers]] needs "name"',
    '[[wrappers]]\nname = "a.b"': 'costmark.toml:1: [[wrappers]] needs "kind"',
    '[[wrappers]]\nname = "complete"\nkind = "call"': (
        'costmark.toml:2: "name" in [[wrappers]] must be a full dotted name such as "acme_llm.complete", not "complete"'
    ),
    '[[wrappers]]\nname = "a.b"\nkind = "function"': (
        'costmark.toml:3: "kind" in [[wrappers]] must be "call", "client" or "scope", not "function"'
    ),
    WRAPPER + 'tag = "keywords"': 'costmark.toml:4: unknown key "tag" in [[wrappers]]; did you mean "tags"?',
    WRAPPER + 'client = "openai.OpenAI"': 'costmark.toml:4: "client" is for wrappers with kind = "client", not "call"',
    WRAPPER + 'tags = ["keyword"]': (
        'costmark.toml:4: "tags" in [[wrappers]] must hold "keywords" or tables such as {argument = "tags"}, not "keyword"'
    ),
    WRAPPER + 'tags = ["keywords",\n3]': (
        'costmark.toml:5: "tags" in [[wrappers]] must hold "keywords" or tables such as {argument = "tags"}, not an integer'
    ),
    WRAPPER + 'tags = {argument = "a b"}': 'costmark.toml:4: "argument" in tags in [[wrappers]] must be the name of an argument, not "a b"',
    WRAPPER + 'tags = {featur = "x"}': 'costmark.toml:4: unknown tag "featur" in "tags" in [[wrappers]]; did you mean "feature"?',
    WRAPPER + WRAPPER: 'costmark.toml:5: the wrapper "acme_llm.complete" is given twice',
    EXCEPTION: 'costmark.toml:1: [[exceptions]] needs "expires"',
    EXCEPTION + 'expires = "2027-01-31"': (
        'costmark.toml:6: "expires" in [[exceptions]] must be a date such as 2027-01-31, not a string; write it without quotes'
    ),
    EXCEPTION + "expires = 2027-01-31T00:00:00Z": (
        'costmark.toml:6: "expires" in [[exceptions]] must be a date such as 2027-01-31, not a date with time'
    ),
    EXCEPTION + "expires = 07:32:00": 'costmark.toml:6: "expires" in [[exceptions]] must be a date such as 2027-01-31, not a time',
    EXCEPTION + "expiry = 2027-01-31": 'costmark.toml:6: unknown key "expiry" in [[exceptions]]; did you mean "expires"?',
    EXCEPTION.replace(
        "CMK101", "CMK999"
    ): 'costmark.toml:2: unknown code "CMK999" in "rule" in [[exceptions]]; known: "CMK101", "CMK104" and "CMK201"',
    EXCEPTION.replace("scripts/", "/scripts/"): (
        'costmark.toml:3: bad glob "/scripts/migrate.py" in "path" in [[exceptions]]: it must be relative to the folder of the policy file'
    ),
}

FILES = {
    "metering = 'call'\n<<<<<<< HEAD\nenable = []\n=======\n>>>>>>> topic": (
        "costmark.toml:2: unresolved merge conflict; keep what holds of both sides and remove the markers"
    ),
    "\n\na = " + "9" * 5000: "costmark.toml:3: a number is too long",
    "\n\na = " + "[" * 5000: "costmark.toml:3: nested too deeply",
    b"metering = 'call'\r\n# caf\xe9\r\n": "costmark.toml:2: not UTF-8; save the file in that encoding",
    "[tool.costmark]\n": 'costmark.toml:1: unknown key "tool"; only pyproject.toml has the prefix "tool.costmark", leave it out here',
}

# what follows is said by the interpreter's TOML reader, in words that change with its version
SYNTAX = {
    "\nrequired-tags = [\n": "costmark.toml:2: not valid TOML: ",
    "metering = call\n": "costmark.toml:1: not valid TOML: ",
    'metering = "call"\n\nmetering = "call"\n': "costmark.toml:3: not valid TOML: ",
    "a = 1\rb = 2": "costmark.toml:1: not valid TOML: ",
    "[[exceptions]]\nexpires = 2027-02-31\n": "costmark.toml:2: not valid TOML: ",
    "\r\n\r\na = \r\n": "costmark.toml:3: not valid TOML: ",
}

PROJECT = {
    "[project]\n": "pyproject.toml: there is no [tool.costmark] table in it",
    "tool = 1": "pyproject.toml: there is no [tool.costmark] table in it",
    "[tool]\ncostmark = 1": 'pyproject.toml:2: "costmark" in tool must be a table, not an integer',
    "[project]\nname = 'x'\n\n[tool.costmark]\nrequired-tag = []": (
        'pyproject.toml:5: unknown key "required-tag"; did you mean "required-tags"?'
    ),
    "[tool.costmark.tags.x]\nenable = []": (
        'pyproject.toml:2: unknown key "enable" in tags.x; "enable" is a key of the top level, move it under [tool.costmark]'
    ),
    "[tool.costmark]\nexceptions = 1": (
        'pyproject.toml:2: "exceptions" must be an array of tables, each under [[tool.costmark.exceptions]], not an integer'
    ),
}


@pytest.mark.parametrize(("text", "expected"), [*SETTINGS.items(), *TABLES.items(), *LISTS.items(), *FILES.items()])
def test_a_mistake_is_one_sentence_with_file_and_line(text: str | bytes, expected: str) -> None:
    assert expected == sentence(text)


@pytest.mark.parametrize(("text", "start"), SYNTAX.items())
def test_what_is_not_toml_is_said_with_file_and_line(text: str, start: str) -> None:
    assert sentence(text).startswith(start)


@pytest.mark.parametrize(("text", "expected"), PROJECT.items())
def test_a_mistake_in_pyproject_is_one_sentence_with_file_and_line(text: str, expected: str) -> None:
    assert expected == sentence(text, "pyproject.toml")


def test_a_very_long_value_is_cut() -> None:
    assert 640 > len(sentence(f'metering = "{"x" * 100_000}"'))


def test_a_malformed_code_is_refused_where_the_codes_are_not_known() -> None:
    with pytest.raises(PolicyError) as caught:
        loads('enable = ["raw-call"]', Path("costmark.toml"))
    assert str(caught.value) == 'costmark.toml:1: unknown code "raw-call" in "enable"; a code looks like CMK101'


def test_a_policy_error_carries_its_exit_code_and_parts() -> None:
    error = PolicyError(Path("costmark.toml"), 3, "wrong")
    assert (2, "costmark.toml", 3, "wrong") == (error.exit_code, error.path, error.line, error.message)
