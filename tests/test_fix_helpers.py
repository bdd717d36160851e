"""Helpers that several features call, clients that several calls share, wrappers of the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_plugin.fixing.model import Options
from lint_plugin.fixing.project import chooser
from tests.fixing import fix, project
from tests.frontends.command import write

CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
HELPER = """\
from openai import OpenAI

client = OpenAI()


def ask(prompt):
    return client.responses.create(model="gpt-4o-mini", input=prompt)
"""
CALLER = "from helper import ask\n\n\ndef run(prompt):\n    return ask(prompt)\n"
USER = """\
from clients import client


def one(prompt):
    return client.responses.create(model="gpt-4o-mini", input=prompt)


async def two(prompts):
    for prompt in prompts:
        client.responses.create(model="gpt-4o-mini", input=prompt)
"""


def standing(root: Path) -> list[str]:
    return [f"{finding.path}:{finding.line} {finding.code}" for finding in chooser((), (), Options())(project(root))]


def text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


class TestHelpers:
    POLICY = "[features.search]\n[features.billing]\n"

    def test_callers_with_features_of_their_own_bring_them(self, tmp_path: Path) -> None:
        write(tmp_path, {"costmark.toml": self.POLICY, "helper.py": HELPER, "search.py": CALLER, "billing.py": CALLER})
        fix(tmp_path)
        assert HELPER.replace("from openai", "from cost_lib import inherited, tagged\nfrom openai").replace(
            "client.responses", "tagged(client, feature=inherited).responses"
        ) == text(tmp_path, "helper.py")
        assert 'from cost_lib import tags\n\nfrom helper import ask\n\n\n@tags(feature="search")\ndef run' in text(tmp_path, "search.py")
        assert [] == standing(tmp_path)

    def test_the_registry_gets_no_name_that_nothing_uses(self, tmp_path: Path) -> None:
        write(tmp_path, {"costmark.toml": self.POLICY, "helper.py": HELPER, "search.py": CALLER, "billing.py": CALLER})
        fix(tmp_path)
        assert self.POLICY == text(tmp_path, "costmark.toml")

    def test_callers_in_scopes_need_nothing(self, tmp_path: Path) -> None:
        inside = "from cost_lib import tags\nfrom helper import ask\n\n\n@tags(feature={!r})\ndef run(prompt):\n    return ask(prompt)\n"
        write(tmp_path, {"helper.py": HELPER, "a.py": inside.format("search"), "b.py": inside.format("billing")})
        changed = [change.path for change in fix(tmp_path).changes]
        assert (["helper.py"], []) == (changed, standing(tmp_path))
        assert "feature=inherited" in text(tmp_path, "helper.py")

    def test_files_without_findings_stay_where_names_are_made_up(self, tmp_path: Path) -> None:
        write(tmp_path, {"helper.py": HELPER, "search.py": CALLER, "billing.py": CALLER})
        assert ["helper.py"] == [change.path for change in fix(tmp_path).changes]

    def test_a_helper_of_one_feature_keeps_its_name(self, tmp_path: Path) -> None:
        write(tmp_path, {"costmark.toml": self.POLICY, "helper.py": HELPER, "search.py": CALLER + CALLER.replace("run", "again")})
        fix(tmp_path)
        assert "feature=inherited" not in text(tmp_path, "helper.py")

    def test_a_caller_that_cannot_bring_the_tag_lets_the_helper_keep_it(self, tmp_path: Path) -> None:
        top = "from helper import ask\n\nask('')\n"
        write(tmp_path, {"costmark.toml": self.POLICY, "helper.py": HELPER, "search.py": CALLER, "billing.py": top})
        fix(tmp_path)
        assert "feature=inherited" not in text(tmp_path, "helper.py")
        assert [] == standing(tmp_path)

    def test_helpers_of_helpers_hand_on(self, tmp_path: Path) -> None:
        middle = "from helper import ask\n\n\ndef think(prompt):\n    return ask(prompt)\n"
        caller = "from middle import think\n\n\ndef run(prompt):\n    return think(prompt)\n"
        direct = CALLER.replace("def run", "def direct")
        files = {"helper.py": HELPER, "middle.py": middle, "search.py": f"{caller}\n\n{direct}", "billing.py": f"{caller}\n\n{direct}"}
        write(tmp_path, {"costmark.toml": self.POLICY, **files})
        fix(tmp_path)
        assert "@tags(feature=inherited)\ndef think" in text(tmp_path, "middle.py")
        assert [] == standing(tmp_path)


class TestScopes:
    def test_a_shared_client_is_wrapped_where_it_is_built(self, tmp_path: Path) -> None:
        write(tmp_path, {"clients.py": CLIENT, "user.py": USER})
        fix(tmp_path, Options(style="scope"))
        assert "from cost_lib import tagged\nfrom openai import OpenAI\n\nclient = tagged(OpenAI())\n" == text(tmp_path, "clients.py")
        expected = USER.replace("def one", '@tags(feature="user")\ndef one').replace("async def", '@tags(feature="user")\nasync def')
        assert f"from cost_lib import tags\n\n{expected}" == text(tmp_path, "user.py")
        assert [] == standing(tmp_path)

    def test_a_client_of_one_call_is_tagged_there(self, tmp_path: Path) -> None:
        write(tmp_path, {"app.py": HELPER})
        fix(tmp_path, Options(style="scope"))
        assert 'tagged(client, feature="app").responses' in text(tmp_path, "app.py")

    def test_a_call_outside_of_functions_is_tagged_there(self, tmp_path: Path) -> None:
        write(tmp_path, {"clients.py": CLIENT, "user.py": f"{USER}\n\nclient.responses.create(input='')\n"})
        fix(tmp_path, Options(style="scope"))
        assert "\n\ntagged(client, feature=\"user\").responses.create(input='')\n" in text(tmp_path, "user.py")
        assert [] == standing(tmp_path)

    def test_an_attribute_of_a_class_is_wrapped_in_its_constructor(self, tmp_path: Path) -> None:
        bot = "class Bot:\n    def __init__(self):\n        self.llm = OpenAI()\n"
        ask = "\n    def {}(self, p):\n        return self.llm.responses.create(model='gpt-4o-mini', input=p)\n"
        write(tmp_path, {"bot.py": f"from openai import OpenAI\n\n\n{bot}{ask.format('a')}{ask.format('b')}"})
        fix(tmp_path, Options(style="scope"))
        assert "        self.llm = tagged(OpenAI())\n" in text(tmp_path, "bot.py")
        assert "    @tags(feature='bot')\n    def a(self, p):\n" in text(tmp_path, "bot.py")
        assert [] == standing(tmp_path)

    def test_tags_join_the_decorator_that_is_there(self, tmp_path: Path) -> None:
        source = HELPER.replace("def ask", "@tags(team='x')\ndef ask").replace("from openai", "from cost_lib import tags\nfrom openai")
        write(tmp_path, {"app.py": f"{source}\n\ndef more(p):\n    return client.responses.create(model='gpt-4o-mini', input=p)\n"})
        fix(tmp_path, Options(style="scope"))
        assert "@tags(team='x', feature=" in text(tmp_path, "app.py")
        assert [] == standing(tmp_path)


class TestHouseWrappers:
    WRAPPER = '[[wrappers]]\nname = "acme_llm.wrap"\nkind = "client"\n'

    @pytest.mark.parametrize(
        ("tags", "given"),
        [
            ("", 'feature="app"'),
            ('tags = {feature = "feature_name"}\n', 'feature_name="app"'),
            ('tags = [{argument = "tags"}]\n', 'tags={"feature": "app"}'),
        ],
    )
    def test_calls_go_into_the_wrapper_of_the_house(self, tags: str, given: str, tmp_path: Path) -> None:
        write(tmp_path, {"costmark.toml": f'fix-with = "acme_llm.wrap"\n{self.WRAPPER}{tags}', "app.py": HELPER})
        fix(tmp_path)
        assert "from acme_llm import wrap\nfrom openai import OpenAI\n" in text(tmp_path, "app.py")
        assert f"wrap(client, {given}).responses.create(" in text(tmp_path, "app.py")
        assert [] == standing(tmp_path)

    def test_a_call_of_the_house_gets_its_keyword(self, tmp_path: Path) -> None:
        policy = '[[wrappers]]\nname = "acme_llm.complete"\nkind = "call"\n'
        write(tmp_path, {"costmark.toml": policy, "app.py": "import acme_llm\n\nacme_llm.complete('hello')\n"})
        fix(tmp_path)
        assert "acme_llm.complete('hello', feature='app')\n" in text(tmp_path, "app.py")
        assert [] == standing(tmp_path)
