"""What each key of a policy file means once it is read."""

from __future__ import annotations

import pickle
import sys
from datetime import date
from decimal import Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

import pytest

from cost_lib.errors import PolicyError
from cost_lib.policy import BUILTIN_TAGS, Place, Policy, PolicyException, PriceOverride, Settings, Wrapper, load, loads
from cost_lib.policy_document import LISTED, NAMED, PER_PATH, SETTINGS, SINGLE

FILE = Path("costmark.toml")


def read(text: str) -> Policy:
    return loads(text, FILE)


def wrapper(tags: str) -> Wrapper:
    return read(f'[[wrappers]]\nname = "acme_llm.complete"\nkind = "call"\n{tags}').wrappers[0]


EVERYTHING = """\
required-tags = ["feature", "team"]
metering = "process"
on-untagged = "raise"
allow-raw = ["src/gateway/**"]
exclude = ["vendor/**"]
enable = ["CMK104"]
disable = ["CMK301"]
no-inline = ["CMK101"]
catalog = "2026.11"
user-id = "plain"
personal-data = "raise"
on-budget-error = "block"
budget-zone = "Europe/Berlin"
bills = ["tokens", "storage"]

[paths."services/**"]
required-tags = []

[tags.environment]
values = ["production", "staging"]
from-env = "APP_ENV"
default = "staging"
ambient = false
literal = true

[features.faq_check]
owner = "support"
monthly-budget = 100
daily-budget = 4.5
alert-at = [1, 0.8]
on-exceeded = "block"

[total]
monthly-budget = 5000

[owners.support]
notify-env = "SUPPORT_ALERT_URL"

[hosts."llm.acme.internal"]
provider = "openai"

[prices."acme/acme-1"]
input = 2.5
output = 10
cache-read = 0.25
cache-write-5m = 3.125
cache-write-1h = 5

[[wrappers]]
name = "acme_llm.Client"
kind = "client"
tags = ["keywords", {argument = "tags"}, {feature = "feature_name"}]
client = "openai.OpenAI"

[[exceptions]]
rule = "CMK101"
path = "scripts/migrate.py"
owner = "data"
reason = "one-off"
expires = 2027-01-31

[paths."chat/**"]
fix-with = "acme_llm.wrap"
"""


def test_a_policy_without_a_file_is_the_defaults() -> None:
    assert Settings() == load(None).settings
    assert (None, (), "", "") == (load(None).path, load(None).files, load(None).digest, load(None).catalog)


def test_an_empty_file_is_the_defaults() -> None:
    assert Settings() == read("").settings


def test_the_defaults_are_as_documented() -> None:
    found = Settings()
    assert (("feature",), "call", "warn", "hash") == (found.required_tags, found.metering, found.on_untagged, found.user_id)
    assert {"tokens", "job"} == found.bills
    assert (False, (), ()) == (found.allow_raw, found.allow_raw_globs, found.exclude)
    assert [frozenset()] * 3 == [found.enable, found.disable, found.no_inline]


def test_every_setting_reaches_the_settings() -> None:
    expected = Settings(
        required_tags=("feature", "team"),
        metering="process",
        on_untagged="raise",
        allow_raw_globs=("src/gateway/**",),
        exclude=("vendor/**",),
        enable=frozenset({"CMK104"}),
        disable=frozenset({"CMK301"}),
        no_inline=frozenset({"CMK101"}),
        user_id="plain",
        bills=frozenset({"tokens", "storage"}),
        personal_data="raise",
        on_budget_error="block",
        budget_zone="Europe/Berlin",
    )
    assert expected == read(EVERYTHING).settings


def test_the_sample_above_has_every_key_there_is() -> None:
    keys = {key for table in (SETTINGS, PER_PATH, *NAMED.values(), *SINGLE.values(), *LISTED.values()) for key in table} - {"extend"}
    assert {key for key in keys if f"\n{key} = " not in f"\n{EVERYTHING}"} == set()


def test_a_file_with_byte_order_mark_and_windows_line_ends_reads_the_same() -> None:
    data = b"\xef\xbb\xbf" + EVERYTHING.replace("\n", "\r\n").encode()
    policy = loads(data, FILE)
    assert read(EVERYTHING).settings == policy.settings
    assert Place(FILE, 26) == policy.features["faq_check"].place


def test_the_budget_of_everything_is_read_as_that_of_a_feature() -> None:
    total = read('[total]\ndaily-budget = 1.5\nalert-at = [0.5]\non-exceeded = "block"').total
    assert total is not None
    assert (None, 1_500_000_000, (Decimal("0.5"),), "block") == total[:4]


def test_without_a_table_there_is_no_budget_of_everything() -> None:
    assert read("").total is None


def test_money_is_integer_nano_usd() -> None:
    feature = read(EVERYTHING).features["faq_check"]
    assert (100_000_000_000, 4_500_000_000) == (feature.monthly_budget, feature.daily_budget)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0.000000001", 1),
        ("1_000.5", 1_000_500_000_000),
        ("1e3", 1_000_000_000_000),
        ("1.500000000000000000000000000000000000", 1_500_000_000),
        ("999999999.999999999", 999_999_999_999_999_999),
        ("0e999999999", 0),
        ("-0.0", 0),
    ],
)
def test_money_is_exact(written: str, expected: int) -> None:
    assert expected == read(f"features.f.monthly-budget = {written}").features["f"].monthly_budget


def test_money_does_not_depend_on_the_arithmetic_of_the_host_program() -> None:
    with localcontext() as context:
        context.prec = 2
        context.traps[Inexact] = True
        assert read("features.f.monthly-budget = 99.123").features["f"].monthly_budget == 99_123_000_000


def test_a_budget_of_zero_is_a_budget() -> None:
    assert read("features.f.monthly-budget = 0").features["f"].monthly_budget == 0


def test_thresholds_are_exact_and_in_rising_order() -> None:
    assert (Decimal("0.8"), Decimal(1)) == read(EVERYTHING).features["faq_check"].alert_at


def test_rates_are_integer_pico_usd_a_token() -> None:
    expected = PriceOverride("acme/acme-1", 2_500_000, 10_000_000, 250_000, 3_125_000, 5_000_000, Place(FILE, 42))
    assert expected == read(EVERYTHING).prices["acme/acme-1"]


def test_owner_and_host_say_where_they_stand() -> None:
    policy = read(EVERYTHING)
    assert ("SUPPORT_ALERT_URL", Place(FILE, 36)) == policy.owners["support"][1:]
    assert ("openai", Place(FILE, 39)) == policy.hosts["llm.acme.internal"][1:]


def test_a_registry_is_there_when_a_feature_is() -> None:
    assert read("[features.faq_check]").has_registry
    assert not read("").has_registry


def test_what_is_written_twice_counts_once() -> None:
    assert read('required-tags = ["team", "feature", "team"]').settings.required_tags == ("team", "feature")


@pytest.mark.parametrize("key", ["required-tags", "allow-raw", "exclude", "enable", "disable", "no-inline", "bills"])
def test_every_list_may_be_empty(key: str) -> None:
    settings: Any = read(f"{key} = []").settings
    name = {"allow-raw": "allow_raw_globs"}.get(key, key.replace("-", "_"))
    assert not getattr(settings, name)


class TestTags:
    def test_the_tags_of_the_event_always_exist(self) -> None:
        assert set(BUILTIN_TAGS) == set(read("").tags)

    def test_the_schema_adds_its_own(self) -> None:
        assert "experiment_id" in read("[tags.experiment_id]").tags

    def test_a_tag_of_the_schema_may_be_required(self) -> None:
        assert read('required-tags = ["squad"]\n[tags.squad]').settings.required_tags == ("squad",)

    def test_feature_and_required_tags_are_literal_by_default(self) -> None:
        tags = read('required-tags = ["team"]').tags
        assert {"feature", "team"} == {name for name, tag in tags.items() if tag.literal}

    def test_a_tag_required_for_some_paths_is_literal(self) -> None:
        assert read('[paths."a/**"]\nrequired-tags = ["team"]').tags["team"].literal

    def test_the_schema_decides_what_is_literal(self) -> None:
        tags = read('required-tags = ["team"]\ntags.team.literal = false\ntags.project.literal = true').tags
        assert (False, True) == (tags["team"].literal, tags["project"].literal)

    def test_what_is_bound_per_request_is_not_literal(self) -> None:
        assert not read('required-tags = ["user_segment"]\ntags.user_segment.ambient = true').tags["user_segment"].literal

    def test_values_default_and_variable_are_kept(self) -> None:
        tag = read(EVERYTHING).tags["environment"]
        assert (("production", "staging"), "APP_ENV", "staging") == (tag.values, tag.from_env, tag.default)

    @pytest.mark.parametrize("line", ["tags.team.ambient = true", 'tags.team.default = "x"', 'tags.team.from-env = "TEAM"'])
    def test_what_policy_or_request_brings_is_not_demanded(self, line: str) -> None:
        assert read(f'required-tags = ["feature", "team"]\n{line}').demanded("a.py") == ("feature",)


class TestWrappers:
    def test_tags_are_keywords_by_default(self) -> None:
        assert Wrapper("acme_llm.complete", "call", place=Place(FILE, 1)) == wrapper("")

    def test_one_dict_argument(self) -> None:
        found = wrapper('tags = {argument = "metadata"}')
        assert (False, ("metadata",), {}) == (found.keywords, found.arguments, found.renames)

    def test_other_argument_names_count_alone(self) -> None:
        found = wrapper('tags = {feature = "feature_name", team = "squad"}')
        assert (False, (), {"feature": "feature_name", "team": "squad"}) == (found.keywords, found.arguments, found.renames)

    def test_several_ways_at_once(self) -> None:
        found = wrapper('tags = ["keywords", {argument = "tags"}, {argument = "labels", feature = "feature_name"}]')
        assert (True, ("tags", "labels"), {"feature": "feature_name"}) == (found.keywords, found.arguments, found.renames)

    def test_keywords_alone(self) -> None:
        assert wrapper('tags = "keywords"').keywords

    def test_a_wrapper_may_carry_no_tags(self) -> None:
        found = wrapper("tags = []")
        assert (False, (), {}) == (found.keywords, found.arguments, found.renames)

    def test_a_client_names_its_type(self) -> None:
        assert read(EVERYTHING).wrappers[0].client == "openai.OpenAI"

    def test_only_a_scope_may_be_a_decorator(self) -> None:
        text = '[[wrappers]]\nname = "a.scope"\nkind = "scope"\n[[wrappers]]\nname = "a.call"\nkind = "call"'
        assert [True, False] == [found.as_decorator for found in read(text).wrappers]


class TestExceptions:
    def test_everything_is_kept(self) -> None:
        found: PolicyException = read(EVERYTHING).exceptions[0]
        assert ("CMK101", "scripts/migrate.py", "data", "one-off", date(2027, 1, 31), Place(FILE, 55)) == found[:6]

    def test_it_covers_the_paths_of_its_glob(self) -> None:
        found = read(EVERYTHING).exceptions[0]
        assert (True, False) == (found.covers("scripts/migrate.py"), found.covers("scripts/other.py"))

    def test_it_acts_through_its_last_day(self) -> None:
        found = read(EVERYTHING).exceptions[0]
        assert (False, True) == (found.is_expired(date(2027, 1, 31)), found.is_expired(date(2027, 2, 1)))

    def test_an_expired_one_is_no_error(self) -> None:
        assert len(read(EVERYTHING.replace("2027-01-31", "1999-01-31")).exceptions) == 1


class TestPlaces:
    def test_every_key_has_its_line(self) -> None:
        lines = read(EVERYTHING).lines
        assert Place(FILE, 2) == lines["metering",]
        assert Place(FILE, 17) == lines["paths", "services/**", "required-tags"]
        assert Place(FILE, 50) == lines["wrappers", 0, "name"]

    def test_a_setting_points_to_its_line(self) -> None:
        assert Place(FILE, 2) == read(EVERYTHING).place("metering")

    def test_a_default_has_no_place(self) -> None:
        assert read("").place("metering") is None

    def test_lines_of_a_pyproject_are_named_without_the_prefix(self) -> None:
        policy = loads('[project]\nname = "x"\n[tool.costmark]\nmetering = "process"', Path("pyproject.toml"))
        assert Place(Path("pyproject.toml"), 4) == policy.lines["metering",]


def test_the_digest_follows_the_text() -> None:
    assert read("").digest == read("").digest
    assert read("").digest != read("# x").digest


def test_the_digest_is_the_same_where_an_interpreter_hides_its_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(EVERYTHING).digest
    monkeypatch.setitem(sys.modules, "_blake2", None)
    assert expected == read(EVERYTHING).digest


def test_a_policy_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(read(EVERYTHING)))  # noqa: S301
    assert (read(EVERYTHING).settings, True) == (copy.settings, copy.for_path("src/gateway/a.py").allow_raw)


def test_an_error_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(PolicyError("costmark.toml", 2, "wrong")))  # noqa: S301
    assert str(copy) == "costmark.toml:2: wrong"
