"""What the policy says about calls is done when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import UntaggedCall, in_force, record_call, tags

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

CALL = "with record_call(provider='acme', model='a', **given) as call:\n    call.usage(input_tokens=1)\n"


def policy(text: str, folder: Path) -> None:
    (folder / "costmark.toml").write_text(text, encoding="utf-8")
    in_force.forget()


def call_from(file: Path, **given: str) -> None:
    """Make a call from a file of that name."""
    exec(compile(CALL, str(file), "exec"), {"record_call": record_call, "given": given})  # noqa: S102 - our own four words


def call(**given: str) -> None:
    with record_call(provider="acme", model="a", **given) as made:
        made.usage(input_tokens=1)


class TestUntagged:
    def test_record_says_nothing(self, tmp_path: Path, events: Events, capsys: pytest.CaptureFixture[str]) -> None:
        policy('on-untagged = "record"', tmp_path)
        call()
        assert (1, "") == (len(events.lines), capsys.readouterr().err)

    def test_warn_is_the_default_and_names_each_call_site_once(
        self, tmp_path: Path, events: Events, capsys: pytest.CaptureFixture[str]
    ) -> None:
        policy("", tmp_path)
        for _ in range(3):
            call_from(tmp_path / "a.py")
            call_from(tmp_path / "b.py")
        said = capsys.readouterr().err.splitlines()
        assert [f"costmark: {tmp_path}/{name}.py:1 lacks feature" for name in "ab"] == said
        assert len(events.lines) == 6

    def test_raise_reaches_the_caller_with_what_is_missing(self, tmp_path: Path, events: Events) -> None:
        policy('on-untagged = "raise"\nrequired-tags = ["feature", "team"]', tmp_path)
        with pytest.raises(UntaggedCall, match=r"lacks team; write tagged\(client, team=\.\.\.\)") as refusal:
            call_from(tmp_path / "a.py", feature="faq")
        assert (("team",), f"{tmp_path}/a.py:1", []) == (refusal.value.missing, refusal.value.call_site, events.all())

    def test_a_feature_that_is_not_registered_counts_as_missing(self, tmp_path: Path) -> None:
        policy('on-untagged = "raise"\n[features.faq]', tmp_path)
        call(feature="faq")
        with pytest.raises(UntaggedCall, match="lacks a feature that the policy registers; add it"):
            call(feature="fqa")

    def test_an_ambient_tag_may_be_missing(self, tmp_path: Path, events: Events) -> None:
        policy('on-untagged = "raise"\nrequired-tags = ["feature", "user_segment"]\n[tags.user_segment]\nambient = true', tmp_path)
        call(feature="faq")
        assert "user_segment" not in events.one()

    def test_blank_tags_are_none(self, tmp_path: Path) -> None:
        policy('on-untagged = "raise"', tmp_path)
        with pytest.raises(UntaggedCall), tags(feature="  "):
            call()


class TestPaths:
    POLICY = 'on-untagged = "record"\n[paths."services/**"]\non-untagged = "raise"\nrequired-tags = ["team"]\nuser-id = "plain"\n'

    def test_a_path_has_its_own_settings(self, tmp_path: Path) -> None:
        policy(self.POLICY, tmp_path)
        with pytest.raises(UntaggedCall):
            call_from(tmp_path / "services" / "a.py", feature="faq")

    def test_other_paths_do_not(self, tmp_path: Path, events: Events) -> None:
        policy(self.POLICY, tmp_path)
        call_from(tmp_path / "scripts" / "a.py")
        call_from(tmp_path.parent / "services" / "a.py")
        assert len(events.lines) == 2

    def test_users_are_named_as_the_path_says(self, tmp_path: Path, events: Events) -> None:
        policy(self.POLICY, tmp_path)
        for folder in ("services", "scripts"):
            call_from(tmp_path / folder / "a.py", team="core", user_id="u_1")
        assert ["u_1", None] == [event.get("user_id") for event in events.all()]


class TestGiven:
    ENVIRONMENT = '[tags.environment]\nfrom-env = "APP_ENV"\ndefault = "staging"\n'

    def test_a_tag_comes_from_the_environment(self, tmp_path: Path, events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("APP_ENV", "production")
        policy(self.ENVIRONMENT, tmp_path)
        call(feature="faq")
        assert events.one()["environment"] == "production"

    @pytest.mark.parametrize("value", ["", None])
    def test_else_it_has_its_default(self, value: str | None, tmp_path: Path, events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("APP_ENV", raising=False)
        if value is not None:
            monkeypatch.setenv("APP_ENV", value)
        policy(self.ENVIRONMENT, tmp_path)
        call(feature="faq")
        assert events.one()["environment"] == "staging"

    def test_what_the_program_says_wins(self, tmp_path: Path, events: Events) -> None:
        policy(self.ENVIRONMENT, tmp_path)
        call(feature="faq", environment="test")
        assert events.one()["environment"] == "test"

    def test_a_given_tag_is_not_missing(self, tmp_path: Path, events: Events) -> None:
        policy(f'on-untagged = "raise"\nrequired-tags = ["environment"]\n{self.ENVIRONMENT}', tmp_path)
        call()
        assert len(events.lines) == 1


class TestPolicyFile:
    def test_none_is_said_once_and_marked(self, events: Events, capsys: pytest.CaptureFixture[str]) -> None:
        for _ in range(3):
            call(feature="faq")
        said = capsys.readouterr().err
        assert "costmark: no costmark policy was found, so the defaults hold; COSTMARK_POLICY names one\n" == said
        assert {"none"} == {event["policy"] for event in events.all()}

    def test_a_broken_one_is_said_with_its_line_and_marked(
        self, tmp_path: Path, events: Events, capsys: pytest.CaptureFixture[str]
    ) -> None:
        policy("\nmetring = 1\n", tmp_path)
        call(feature="faq")
        assert 'costmark.toml:2: unknown key "metring"; did you mean "metering"?' in capsys.readouterr().err
        assert events.one()["policy"] == "broken"

    def test_the_one_in_force_is_known_by_its_hash(self, tmp_path: Path, events: Events) -> None:
        found: list[Any] = []
        for text in ("required-tags = []", "required-tags = []\n", "required-tags = []"):
            policy(text, tmp_path)
            call()
        found = [event["policy"] for event in events.all()]
        assert (32, True, True) == (len(found[0]), found[0] != found[1], found[0] == found[2])

    def test_the_environment_may_name_it(self, tmp_path: Path, events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "etc").mkdir()
        policy('[tags.team]\ndefault = "core"', tmp_path / "etc")
        monkeypatch.setenv("COSTMARK_POLICY", str(tmp_path / "etc" / "costmark.toml"))
        call(feature="faq")
        assert events.one()["team"] == "core"

    def test_the_owner_of_a_feature_comes_from_the_registry(self, tmp_path: Path, events: Events) -> None:
        policy('[features.faq]\nowner = "support"', tmp_path)
        call(feature="faq")
        assert events.one()["owner"] == "support"
