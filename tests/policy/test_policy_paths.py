"""Settings per path, and what a file inherits from those it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import Place, Policy, PolicyError, loads

ROOT = Path("costmark.toml")


def read(text: str) -> Policy:
    return loads(text, ROOT)


def chain(files: dict[str, str], start: str) -> Policy:
    """Read a policy from files in memory, as from a revision."""

    def reader(path: Path) -> bytes:
        if path.as_posix() not in files:
            raise FileNotFoundError
        return files[path.as_posix()].encode()

    return loads(files[start], Path(start), read=reader)


class TestPaths:
    def test_a_path_replaces_what_it_sets_and_keeps_the_rest(self) -> None:
        policy = read('metering = "process"\n[paths."services/**"]\nrequired-tags = ["feature", "team"]')
        found = policy.for_path("services/a.py")
        assert (("feature", "team"), "process") == (found.required_tags, found.metering)
        assert policy.settings == policy.for_path("other/a.py")

    def test_of_two_that_match_the_later_one_wins_key_by_key(self) -> None:
        text = '[paths."a/**"]\nmetering = "process"\nuser-id = "drop"\n[paths."**/b.py"]\nuser-id = "plain"'
        found = read(text).for_path("a/b.py")
        assert ("process", "plain") == (found.metering, found.user_id)

    def test_allow_raw_is_decided_per_path(self) -> None:
        policy = read('allow-raw = ["src/gateway/**"]')
        assert [True, False] == [policy.allows_raw(path) for path in ("src/gateway/a.py", "src/a.py")]

    def test_allow_raw_of_a_path_replaces_that_of_the_project(self) -> None:
        policy = read('allow-raw = ["**/gateway.py"]\n[paths."strict/**"]\nallow-raw = []\n[paths."free/**"]\nallow-raw = ["**"]')
        asked = ("gateway.py", "strict/gateway.py", "free/a.py", "a.py")
        assert [True, False, True, False] == [policy.allows_raw(path) for path in asked]

    def test_disabled_for_a_path_beats_enabled_for_the_project(self) -> None:
        found = read('enable = ["CMK104", "CMK105"]\n[paths.a]\ndisable = ["CMK104"]').for_path("a/b.py")
        assert [{"CMK105"}, {"CMK104"}] == [set(found.enable), set(found.disable)]

    def test_enabled_for_a_path_beats_disabled_for_the_project(self) -> None:
        found = read('disable = ["CMK101", "CMK301"]\n[paths.a]\nenable = ["CMK301"]').for_path("a/b.py")
        assert [{"CMK301"}, {"CMK101"}] == [set(found.enable), set(found.disable)]

    def test_settings_of_a_path_are_worked_out_once(self) -> None:
        policy = read('allow-raw = ["**"]')
        assert policy.for_path("a.py") is policy.for_path("a.py")

    def test_tags_demanded_depend_on_the_path(self) -> None:
        policy = read('[paths."services/**"]\nrequired-tags = ["feature", "team"]')
        assert (("feature", "team"), ("feature",)) == (policy.demanded("services/a.py"), policy.demanded("a.py"))

    def test_the_place_of_a_setting_depends_on_the_path(self) -> None:
        policy = read('metering = "call"\n[paths.a]\nmetering = "process"')
        assert (Place(ROOT, 3), Place(ROOT, 1), Place(ROOT, 1)) == (
            policy.place("metering", "a/b.py"),
            policy.place("metering", "c.py"),
            policy.place("metering"),
        )

    def test_exclude_means_files_and_whole_folders(self) -> None:
        policy = read('exclude = ["vendor/**", "**/generated_*.py"]')
        asked = ("vendor", "vendor/a.py", "src/generated_x.py", "src/a.py")
        assert [True, True, True, False] == [policy.excludes(path) for path in asked]

    def test_nothing_is_excluded_by_default(self) -> None:
        assert not read("").excludes("vendor/a.py")


PARENT = """\
required-tags = ["feature", "team"]
metering = "process"
exclude = ["vendor/**"]
allow-raw = ["**/gateway/**"]
[paths."services/**"]
required-tags = ["feature", "project"]
user-id = "drop"
[tags.squad]
values = ["a", "b"]
[features.faq_check]
owner = "support"
monthly-budget = 5
[features.search]
[hosts."llm.acme.internal"]
provider = "openai"
[[wrappers]]
name = "acme.complete"
kind = "call"
[[wrappers]]
name = "acme.wrap"
kind = "client"
[[exceptions]]
rule = "CMK101"
path = "services/a/old.py"
owner = "data"
reason = "one-off"
expires = 2027-01-31
"""
CHILD = """\
extend = "../../costmark.toml"
metering = "call"
[features.faq_check]
monthly-budget = 7
[tags.squad]
default = "a"
[[wrappers]]
name = "acme.complete"
kind = "scope"
"""


@pytest.fixture
def extended() -> Policy:
    return chain({"costmark.toml": PARENT, "services/a/costmark.toml": CHILD}, "services/a/costmark.toml")


class TestExtend:
    def test_the_nearer_file_wins_key_by_key(self, extended: Policy) -> None:
        assert ("call", ("feature", "team")) == (extended.settings.metering, extended.settings.required_tags)

    def test_globs_stay_relative_to_the_file_that_holds_them(self, extended: Policy) -> None:
        found = extended.for_path("b.py")
        assert (("feature", "project"), "drop") == (found.required_tags, found.user_id)

    def test_allow_raw_is_inherited(self, extended: Policy) -> None:
        assert extended.allows_raw("x/gateway/y.py")

    def test_exclude_is_inherited_with_its_folder(self, extended: Policy) -> None:
        assert (False, True) == (extended.excludes("vendor/x.py"), extended.excludes("../../vendor/x.py"))

    def test_a_nearer_setting_for_all_beats_a_farther_one_for_some(self) -> None:
        files = {"costmark.toml": PARENT, "services/a/costmark.toml": 'extend = "../../costmark.toml"\nrequired-tags = ["feature"]'}
        assert chain(files, "services/a/costmark.toml").for_path("b.py").required_tags == ("feature",)

    def test_tables_of_one_name_are_merged(self, extended: Policy) -> None:
        feature = extended.features["faq_check"]
        assert ("support", 7_000_000_000) == (feature.owner, feature.monthly_budget)
        assert ("search", "llm.acme.internal") == (extended.features["search"].name, extended.hosts["llm.acme.internal"].host)

    def test_a_value_is_held_against_the_inherited_schema(self, extended: Policy) -> None:
        assert (("a", "b"), "a") == (extended.tags["squad"].values, extended.tags["squad"].default)

    def test_a_wrapper_of_the_same_name_is_replaced(self, extended: Policy) -> None:
        assert [("acme.complete", "scope"), ("acme.wrap", "client")] == [(found.name, found.kind) for found in extended.wrappers]

    def test_exceptions_are_inherited_with_their_folder(self, extended: Policy) -> None:
        assert extended.exceptions[0].covers("old.py")
        assert Place(Path("costmark.toml"), 22) == extended.exceptions[0].place

    def test_all_files_are_named_the_one_in_force_first(self, extended: Policy) -> None:
        assert (Path("services/a/costmark.toml"), Path("costmark.toml")) == extended.files
        assert (Path("services/a/costmark.toml"), Path("services/a")) == (extended.path, extended.root)

    def test_values_say_from_which_file_they_come(self, extended: Policy) -> None:
        assert Place(Path("services/a/costmark.toml"), 2) == extended.place("metering", "b.py")
        assert Place(Path("costmark.toml"), 6) == extended.place("required-tags", "b.py")

    def test_the_digest_follows_every_file(self, extended: Policy) -> None:
        other = chain({"costmark.toml": PARENT + "# x", "services/a/costmark.toml": CHILD}, "services/a/costmark.toml")
        assert extended.digest != other.digest

    def test_the_digest_follows_where_an_extended_file_lies(self) -> None:
        one = chain({"x/c.toml": "", "costmark.toml": 'extend = "x/c.toml"'}, "costmark.toml")
        other = chain({"c.toml": "", "x/costmark.toml": 'extend = "x/c.toml"', "x/x/c.toml": ""}, "x/costmark.toml")
        moved = chain({"y/c.toml": "", "costmark.toml": 'extend = "y/c.toml"'}, "costmark.toml")
        assert one.digest == other.digest != moved.digest

    def test_a_pyproject_can_be_extended(self) -> None:
        files = {"pyproject.toml": '[tool.costmark]\nmetering = "process"', "a/costmark.toml": 'extend = "../pyproject.toml"'}
        assert chain(files, "a/costmark.toml").settings.metering == "process"

    def test_a_chain_of_three_is_followed(self) -> None:
        files = {"a.toml": 'extend = "b.toml"', "b.toml": 'extend = "c.toml"', "c.toml": 'metering = "process"'}
        assert chain(files, "a.toml").settings.metering == "process"

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            ({"a.toml": '\nextend = "b.toml"'}, 'a.toml:2: "extend" = "b.toml" cannot be read: there is no such file'),
            ({"a.toml": 'extend = "./a.toml"'}, 'a.toml:1: "extend" = "./a.toml" leads back to a file that is being read'),
            (
                {"a.toml": 'extend = "b.toml"', "b.toml": '#\nextend = "x/../a.toml"'},
                'b.toml:2: "extend" = "x/../a.toml" leads back to a file that is being read',
            ),
            ({"a.toml": 'extend = "b.toml"', "b.toml": "\nmetring = 1"}, 'b.toml:2: unknown key "metring"; did you mean "metering"?'),
            ({"a.toml": 'extend = "pyproject.toml"', "pyproject.toml": ""}, "pyproject.toml: there is no [tool.costmark] table in it"),
            (
                {"a.toml": 'extend = "b.toml"\n[tags.x]\nvalues = ["1"]', "b.toml": '[tags.x]\ndefault = "2"'},
                'b.toml:2: "default" in tags.x must be one of its "values", not "2"',
            ),
        ],
    )
    def test_a_mistake_on_the_way_is_one_sentence(self, files: dict[str, str], expected: str) -> None:
        with pytest.raises(PolicyError) as caught:
            chain(files, "a.toml")
        assert expected == str(caught.value)

    def test_an_endless_chain_is_cut(self) -> None:
        with pytest.raises(PolicyError, match=r'"extend" leads through more than 32 files$'):
            loads('extend = "x/costmark.toml"', ROOT, read=lambda _: b'extend = "x/costmark.toml"')
