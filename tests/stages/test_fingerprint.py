"""Fingerprints that outlive what does not matter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lint_plugin.model import Finding
from lint_plugin.stages.fingerprint import arguments, normalise, outline, stamp

CALL = 'client.chat.completions.create(model="gpt", messages=[{"role": "user", "content": "it\'s"}])'
TOKENS = [
    "client",
    ".",
    "create",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "'a'",
    '"it\'s"',
    'f"{x["a"]}"',
    "'''b\nc'''",
    "1",
    " ",
    "\n",
    "# c\n",
    "\\\n",
    "await",
    "if",
    "r'\\d'",
]


def finding(path: str = "a.py", line: int = 1, *, scope: str = "ask", call: str = "client.create()", code: str = "CMK101") -> Finding:
    return Finding(path, line, 5, line, code, "rule", "message", scope=scope, call=call)


def prints(*findings: Finding) -> list[str]:
    return [one.fingerprint for one in stamp(findings)]


@pytest.mark.parametrize(
    "text",
    [
        CALL.replace('"gpt"', "'gpt'"),
        CALL.replace(", ", ",\n    ").replace("create(", "create(\n    ").replace("])", "],\n)"),
        "(\n    client.chat  # the client\n    .completions.create" + CALL.partition("create")[2] + "\n)",
        "client \\\n    .chat.completions.create" + CALL.partition("create")[2],
        "(client.chat).completions.create" + CALL.partition("create")[2],
        CALL.replace('"it\'s"', "'it\\'s'"),
        CALL.replace('"user"', 'u"us" "er"'),
        f"await {CALL}",
    ],
)
def test_no_formatter_changes_the_normal_form(text: str) -> None:
    assert normalise(CALL) == normalise(text)


@pytest.mark.parametrize(
    "text", [CALL.replace("gpt", "claude"), CALL.replace("chat", "beta"), CALL.replace("client", "other"), f"{CALL}.text"]
)
def test_another_expression_has_another_normal_form(text: str) -> None:
    assert normalise(CALL) != normalise(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (CALL, "client.chat.completions.create()"),
        ('OpenAI(api_key=key("x")).responses.create(a)', "OpenAI().responses.create()"),
        ("clients['a'][0].create(x)(y)", "clients['a'][0].create()()"),
        ("(a if b else c).create(x)", "a if b else c.create()"),
        ('feature="faq_chek"', "feature='faq_chek'"),
        ("requests.post('https://api.openai.com/v1')", "requests.post()"),
        ("# noqa", ""),
    ],
)
def test_an_outline_leaves_the_arguments_out(source: str, expected: str) -> None:
    assert expected == outline(source)


def test_an_unfinished_expression_has_a_normal_form_too() -> None:
    assert "client.create().x" == outline("client).create((a, [b])).x")


@example("[,,)")
@given(st.lists(st.sampled_from(TOKENS), max_size=15).map("".join))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normalise(text) == normalise(normalise(text))


def test_fingerprints_are_short_hexadecimal() -> None:
    (fingerprint,) = prints(finding())
    assert (16, True) == (len(fingerprint), int(fingerprint, 16) >= 0)


def test_path_and_line_and_arguments_do_not_count() -> None:
    assert prints(finding()) == prints(finding("b/c.py", 99, call="client.create(1)"))


@pytest.mark.parametrize("other", [finding(scope="C.ask"), finding(call="client.parse()"), finding(code="CMK201"), finding(scope="")])
def test_rule_scope_and_outline_count(other: Finding) -> None:
    assert prints(finding()) != prints(other)


def test_equal_calls_in_one_file_are_told_apart_from_the_top() -> None:
    first, second = prints(finding(line=1), finding(line=2))
    assert first != second
    assert [second, first] == prints(finding(line=9), finding(line=3))


def test_equal_calls_in_two_files_do_not_depend_on_each_other() -> None:
    assert prints(finding("b.py")) == prints(finding("a.py"), finding("b.py"))[1:]


def test_findings_keep_their_order() -> None:
    assert [9, 1, 5] == [one.line for one in stamp([finding(line=9), finding(line=1), finding(line=5)])]


def test_arguments_tell_equal_outlines_apart() -> None:
    assert arguments("f(1)") != arguments("f(2)")
