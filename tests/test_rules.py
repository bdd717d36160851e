"""What each rule says about the records that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from cost_lib.policy import Policy, loads
from lint_plugin.facts import (
    Boundary,
    Caller,
    CallSite,
    EscapedClient,
    Fact,
    LeakyScope,
    PriceArithmetic,
    Shadow,
    TagValue,
    Unmetered,
)
from lint_plugin.rules.base import Context
from lint_plugin.rules.registry import CHECKS

DAY = date(2026, 11, 22)
CALL = CallSite(
    path="app/bot.py",
    pos=10,
    scope="answer",
    text="client.messages.create",
    kind="call",
    layer="sdk",
    provider="anthropic",
    method="messages.create",
    api="messages",
    bills="tokens",
    transport="http",
    raw=False,
    allowed=False,
    recorded=False,
    metering="call",
    missing=(),
    opaque=(),
    models=(),
    resolution="direct",
)
RAW = CALL._replace(raw=True, missing=("feature",))
UNTAGGED = CALL._replace(missing=("feature",))
HTTP = RAW._replace(kind="http", layer="http", provider="openai", text="requests.post", method="requests.post")
CHAIN = RAW._replace(layer="framework", provider="langchain", text="chain.invoke", method="invoke")
WRAPPER = CALL._replace(kind="wrapper", provider="", text="complete", method="acme_llm.complete", missing=("feature",))
POSSIBLE = RAW._replace(kind="possible", provider="")
TAG = TagValue(path="app/bot.py", pos=10, scope="", key="feature", literals=(), nothing=False, dynamic=False, required=True, strict=True)
PRICE = PriceArithmetic(path="app/bot.py", pos=10, scope="", text="expression", factors=(), divisors=())


def policy(text: str) -> Policy:
    return loads(text, Path("costmark.toml"))


def findings(fact: Fact, text: str = "") -> list[tuple[str, str]]:
    context = Context(policy(text), DAY)
    return [(rule.code, message) for rule, check in CHECKS[type(fact)] for message in check(fact, context)]


def found(fact: Fact, text: str = "") -> list[str]:
    return [code for code, _ in findings(fact, text)]


def said(fact: Fact, text: str = "") -> str:
    (finding,) = findings(fact, text)
    return finding[1]


class TestRawCalls:
    @pytest.mark.parametrize(
        ("site", "codes"),
        [
            (RAW, ["CMK101"]),
            (RAW._replace(kind="reference"), ["CMK101"]),
            (RAW._replace(bills="job"), ["CMK101"]),
            (CHAIN, ["CMK103"]),
            (CHAIN._replace(kind="reference"), ["CMK103"]),
            (CHAIN._replace(transport="local"), ["CMK103"]),
            (HTTP, ["CMK102"]),
            (POSSIBLE, ["CMK105"]),
        ],
    )
    def test_a_raw_call_is_reported_once_as_raw(self, site: CallSite, codes: Sequence[str]) -> None:
        assert codes == found(site)

    @pytest.mark.parametrize("site", [RAW, CHAIN, HTTP, POSSIBLE, RAW._replace(transport="grpc"), CHAIN._replace(transport="subprocess")])
    def test_allowed_and_recorded_calls_are_silent(self, site: CallSite) -> None:
        assert [] == found(site._replace(allowed=True))
        assert [] == found(site._replace(recorded=True, missing=()))

    @pytest.mark.parametrize("site", [CALL, CALL._replace(layer="framework"), HTTP._replace(raw=False, missing=())])
    def test_calls_through_a_wrapper_are_silent(self, site: CallSite) -> None:
        assert [] == found(site)

    @pytest.mark.parametrize("transport", ["grpc", "websocket", "subprocess"])
    @pytest.mark.parametrize("metering", ["call", "process"])
    @pytest.mark.parametrize(("layer", "code"), [("sdk", "CMK101"), ("framework", "CMK103")])
    def test_what_cannot_be_metered_is_reported_even_when_tagged(self, transport: str, metering: str, layer: str, code: str) -> None:
        site = CALL._replace(transport=transport, metering=metering, layer=layer)
        assert [code] == found(site) == found(site._replace(raw=True)) == found(site._replace(missing=("feature",)))

    def test_a_wrapper_of_the_house_is_never_raw(self) -> None:
        assert [] == found(WRAPPER._replace(missing=()))

    def test_request_by_hand_is_raw_under_either_metering(self) -> None:
        assert ["CMK102"] == found(HTTP._replace(metering="process"))


class TestRawCallsOnceEveryProcessIsMetered:
    @pytest.mark.parametrize("site", [RAW, CHAIN])
    def test_a_raw_call_is_asked_for_its_tags(self, site: CallSite) -> None:
        assert ["CMK201"] == found(site._replace(metering="process"))
        assert [] == found(site._replace(metering="process", missing=()))

    def test_allow_raw_does_not_excuse_from_tags(self) -> None:
        site = RAW._replace(metering="process", allowed=True)
        assert ["CMK201"] == found(site, 'allow-raw = ["app/**"]')

    def test_the_body_of_a_house_wrapper_is_asked_for_nothing(self) -> None:
        assert [] == found(RAW._replace(metering="process", allowed=True))

    def test_the_advice_is_a_scope(self) -> None:
        expected = "messages.create() is not tagged with feature; call it inside tags(feature=...)"
        assert expected == said(RAW._replace(metering="process"))


class TestAdviceForRawCalls:
    @pytest.mark.parametrize(
        ("text", "method", "advice"),
        [
            ("client.messages.create", "messages.create", "call it on tagged(client, feature=...)"),
            ("self.llm.messages.create", "messages.create", "call it on tagged(self.llm, feature=...)"),
            ("completions.create", "chat.completions.create", "call it on tagged(completions, feature=...)"),
            ("openai.chat.completions.create", "openai.chat.completions.create", "call it on tagged(openai.chat.completions, feature=...)"),
            ("litellm.completion", "litellm.completion", "write tagged(litellm.completion, feature=...)(...)"),
            ("completion", "litellm.completion", "write tagged(completion, feature=...)(...)"),
            ("ask", "messages.create", "write tagged(ask, feature=...)(...)"),
            ("self.predict", "Predict", "write tagged(self.predict, feature=...)(...)"),
            ("Anthropic().messages.create", "messages.create", "call it on tagged(client, feature=...)"),
            ("a_very_long_name.of_a_receiver.messages.create", "messages.create", "call it on tagged(client, feature=...)"),
            ("", "messages.create", "call it on tagged(client, feature=...)"),
        ],
    )
    def test_the_receiver_is_named_as_written(self, text: str, method: str, advice: str) -> None:
        assert f"{method}() is not attributed; {advice}" == said(RAW._replace(text=text, method=method))

    def test_the_result_of_a_call_has_no_name(self) -> None:
        made = RAW._replace(text="make_client.messages.create", resolution="factory")
        constructed = RAW._replace(text="Anthropic.messages.create")
        assert "messages.create() is not attributed; call it on tagged(client, feature=...)" == said(made) == said(constructed)

    def test_a_constant_has_a_name(self) -> None:
        assert said(RAW._replace(text="CLIENT.messages.create")).endswith("call it on tagged(CLIENT, feature=...)")

    def test_every_tag_that_is_missing_is_asked_for(self) -> None:
        assert said(RAW._replace(missing=("feature", "team"))).endswith("call it on tagged(client, feature=..., team=...)")
        assert said(RAW._replace(missing=())).endswith("call it on tagged(client)")

    def test_a_reference_is_taken_from_the_wrapper(self) -> None:
        assert said(RAW._replace(kind="reference")).endswith("; take it from tagged(client, feature=...)")

    def test_a_wrapper_of_the_house_is_offered(self) -> None:
        text = '[[wrappers]]\nname = "acme_llm.Client"\nkind = "client"\n[[wrappers]]\nname = "acme_llm.scope"\nkind = "scope"'
        assert said(RAW, text).endswith("call it on tagged(client, feature=...) or use acme_llm.Client")

    def test_a_request_by_hand_names_whom_it_is_sent_to(self) -> None:
        expected = "requests.post() sends openai a request that is not attributed; write tagged(requests.post, feature=...)(...)"
        assert expected == said(HTTP)

    def test_what_cannot_be_metered_asks_for_a_record(self) -> None:
        expected = (
            "messages.create() goes over a websocket and cannot be metered; "
            'put it inside record_call(provider="anthropic", model=..., feature=...)'
        )
        assert expected == said(RAW._replace(transport="websocket")) == said(CALL._replace(transport="websocket"))

    def test_a_framework_that_cannot_be_metered_asks_for_a_record(self) -> None:
        site = CHAIN._replace(transport="subprocess", provider="", text="query", method="claude_agent_sdk.query")
        assert said(site).endswith("put it inside record_call(provider=..., model=..., feature=...)")

    def test_a_likely_call_says_that_it_is_only_likely(self) -> None:
        assert said(POSSIBLE).startswith("messages.create() may be a raw call, its receiver could not be resolved; ")


class TestMissingTags:
    def test_a_call_without_its_tags_is_reported(self) -> None:
        assert ["CMK201"] == found(UNTAGGED) == found(UNTAGGED._replace(layer="framework")) == found(UNTAGGED._replace(allowed=True))

    def test_a_request_through_a_wrapper_needs_its_tags(self) -> None:
        assert ["CMK201"] == found(HTTP._replace(raw=False))

    def test_tags_that_may_be_in_unseen_keywords_are_not_reported(self) -> None:
        assert [] == found(CALL._replace(opaque=("feature",)))

    def test_both_ways_to_tag_are_named(self) -> None:
        expected = (
            "messages.create() is not tagged with feature and team; "
            "write tagged(client, feature=..., team=...) or call it inside tags(feature=..., team=...)"
        )
        assert expected == said(CALL._replace(missing=("feature", "team")))

    @pytest.mark.parametrize(
        ("carriers", "advice"),
        [
            ('"keywords"', "give it feature=..."),
            ('{feature = "feature_name"}', "give it feature_name=..."),
            ('"keywords", {argument = "labels"}', "give it feature=..."),
            ('{argument = "labels"}', 'give it labels={"feature": ...}'),
        ],
    )
    def test_a_house_call_is_told_which_argument_it_lacks(self, carriers: str, advice: str) -> None:
        text = f'[[wrappers]]\nname = "acme_llm.complete"\nkind = "call"\ntags = [{carriers}]'
        assert f"acme_llm.complete() is not tagged with feature; {advice}" == said(WRAPPER, text)

    def test_a_record_needs_its_tags(self) -> None:
        expected = "record_call() is not tagged with feature; give it feature=..."
        assert expected == said(WRAPPER._replace(text="record_call", method="record_call"))


REGISTRY = '[features.faq_check]\n[features.search]\n[tags.environment]\nvalues = ["production", "staging"]'


class TestUnknownValues:
    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("faq_chek", 'feature "faq_chek" is not registered; did you mean "faq_check"?'),
            ("FAQ-Check", 'feature "FAQ-Check" is not registered; did you mean "faq_check"?'),
            ("billing", 'feature "billing" is not registered; register it as [features.billing] in the policy'),
            ("tax advice", 'feature "tax advice" is not registered; register it as [features."tax advice"] in the policy'),
            ("a\nb", 'feature "a\\nb" is not registered; register it as [features."a\\nb"] in the policy'),
        ],
    )
    def test_an_unregistered_feature_is_reported(self, value: str, message: str) -> None:
        assert [("CMK202", message)] == findings(TAG._replace(literals=(value,)), REGISTRY)

    def test_each_value_is_reported(self) -> None:
        assert ["CMK202", "CMK202"] == found(TAG._replace(literals=("a", "faq_check", "b")), REGISTRY)

    def test_without_a_registry_every_feature_will_do(self) -> None:
        assert [] == found(TAG._replace(literals=("anything",)))

    def test_computed_values_are_not_judged(self) -> None:
        assert [] == found(
            TAG._replace(dynamic=True), REGISTRY.replace("[features.search]", "[features.search]\n[tags.feature]\nliteral = false")
        )

    @pytest.mark.parametrize(
        ("value", "advice"),
        [("prod", 'did you mean "production"?'), ("x", 'write "production" or "staging"'), ("Staging", 'did you mean "staging"?')],
    )
    def test_a_value_outside_the_schema_is_reported(self, value: str, advice: str) -> None:
        expected = f'"{value}" is an unknown value of environment; {advice}'
        assert expected == said(TAG._replace(key="environment", literals=(value,), required=False), REGISTRY)

    def test_a_long_schema_is_cut(self) -> None:
        schema = f"[tags.region]\nvalues = {[f'r{number}' for number in range(9)]}"
        assert said(TAG._replace(key="region", literals=("x",)), schema).endswith('write "r0", "r1", "r2", "r3", "r4", "r5" ...')

    def test_a_feature_may_have_a_schema_instead_of_a_registry(self) -> None:
        assert '"b" is an unknown value of feature; write "a"' == said(TAG._replace(literals=("b",)), '[tags.feature]\nvalues = ["a"]')


class TestEmptyValues:
    @pytest.mark.parametrize("value", ["todo", "FIXME", "Tbd", "xxx", "changeme", "placeholder", "None", "null", "n/a", " todo "])
    def test_placeholders_stand_alone(self, value: str) -> None:
        assert ["CMK203"] == found(TAG._replace(literals=(value,)), REGISTRY)

    @pytest.mark.parametrize("value", ["todo_list", "na", "xxxl", "0", "test", "no"])
    def test_real_values_are_silent(self, value: str) -> None:
        assert [] == found(TAG._replace(literals=(value,)))

    @pytest.mark.parametrize(
        ("value", "fault"), [("", 'feature="" is empty'), (" ", 'feature=" " is blank'), ("TODO", 'feature="TODO" is a placeholder')]
    )
    def test_the_fault_is_named(self, value: str, fault: str) -> None:
        assert f"{fault}; write the feature that the call is made for" == said(TAG._replace(literals=(value,)))

    def test_an_optional_tag_may_be_none_but_not_empty(self) -> None:
        optional = TAG._replace(key="cost_center", required=False, nothing=True)
        assert [] == found(optional)
        assert 'cost_center="" is empty; write the cost center' == said(optional._replace(literals=("",)))

    def test_a_required_tag_may_not_be_none(self) -> None:
        assert said(TAG._replace(nothing=True)).startswith("feature can be None, which tags nothing; ")

    def test_an_empty_value_outside_the_schema_is_only_empty(self) -> None:
        assert ["CMK203"] == found(TAG._replace(key="environment", literals=("",), required=False), REGISTRY)


class TestComputedValues:
    def test_a_literal_is_demanded_of_required_tags_and_feature(self) -> None:
        team = TAG._replace(key="team", dynamic=True)
        assert ["CMK204"] == found(TAG._replace(dynamic=True)) == found(team, 'required-tags = ["team"]')
        assert [] == found(team)

    def test_the_schema_decides(self) -> None:
        assert [] == found(TAG._replace(dynamic=True), "[tags.feature]\nliteral = false")
        assert ["CMK204"] == found(TAG._replace(key="team", dynamic=True), "[tags.team]\nliteral = true")

    def test_the_way_out_is_named(self) -> None:
        assert said(TAG._replace(dynamic=True)).endswith("(or set literal = false in [tags.feature])")


class TestPersonalData:
    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("jane.doe@example.com", "an e-mail address"),
            ("078-05-1120", "a social security number"),
            ("+1 415 555 0134", "a telephone number"),
            ("(415) 555-0134", "a telephone number"),
            ("4111 1111 1111 1111", "a card number"),
        ],
    )
    def test_a_literal_is_judged_by_its_shape(self, value: str, kind: str) -> None:
        expected = f'user_id="{value}" is {kind}; write an identifier that means nothing outside'
        assert expected == said(TAG._replace(key="user_id", literals=(value,)))

    @pytest.mark.parametrize(
        "value",
        [
            "u_48151623",
            "2026-11-22",
            "4111 1111 1111 1112",
            "0000 0000 0000 0000",
            "666-12-3456",
            "email_draft",
            "v1.2.3",
            "a@b",
            "1234567890123",
        ],
    )
    def test_other_literals_are_silent(self, value: str) -> None:
        assert [] == found(TAG._replace(key="user_id", literals=(value,)))

    @pytest.mark.parametrize(
        "written",
        ["user.email", "customer.phone_number", "user.full_name", "user.ssn", "userEmail", "billing_email", "user.lastName"],
    )
    def test_a_computed_value_is_judged_by_where_it_is_read_from(self, written: str) -> None:
        assert ["CMK205"] == found(TAG._replace(key="user_id", dynamic=True, written=written))

    @pytest.mark.parametrize(
        "written", ["", "user.id", "user.tier", "email_hash", "template.filename", "phones.count", "request.hostname", "name"]
    )
    def test_other_sources_are_silent(self, written: str) -> None:
        assert [] == found(TAG._replace(key="user_id", dynamic=True, written=written))


class TestUnknownTags:
    @pytest.mark.parametrize(
        ("key", "advice"),
        [("featuer", "did you mean feature?"), ("teams", "did you mean team?"), ("colour", "declare it as [tags.colour] in the policy")],
    )
    def test_an_undeclared_key_is_reported(self, key: str, advice: str) -> None:
        assert [("CMK210", f"{key} is not a known tag; {advice}")] == findings(TAG._replace(key=key, required=False, literals=("x",)))

    def test_the_missing_tag_is_meant_before_any_other(self) -> None:
        assert said(TAG._replace(key="teams", misspelt="terms")).endswith("did you mean terms?")

    def test_arguments_of_a_house_call_are_no_tags(self) -> None:
        assert [] == found(TAG._replace(key="temperature", strict=False))

    def test_declared_and_builtin_keys_are_known(self) -> None:
        assert [] == found(TAG._replace(key="chain_id")) == found(TAG._replace(key="tier", required=False), "[tags.tier]")

    def test_an_undeclared_key_is_reported_alone(self) -> None:
        assert ["CMK210"] == found(TAG._replace(key="colour", literals=("",), nothing=True))


class TestScopes:
    @pytest.mark.parametrize(
        ("boundary", "name", "advice"),
        [
            (
                "ThreadPoolExecutor.submit",
                "ThreadPoolExecutor.submit",
                "bind tagged(client, feature=...) or run it through contextvars.copy_context().run",
            ),
            ("executor", "run_in_executor", "use asyncio.to_thread or bind tagged(client, feature=...)"),
            ("ProcessPoolExecutor.map", "ProcessPoolExecutor.map", "bind tagged(client, feature=...)"),
        ],
    )
    def test_lost_tags_come_with_the_carrier_that_fits(self, boundary: str, name: str, advice: str) -> None:
        expected = f"{name} does not carry the tags around it: feature is lost; {advice}"
        assert [("CMK206", expected)] == findings(Boundary("app/bot.py", 10, "", "pool.submit", boundary, ("feature",)))

    def test_several_lost_tags_are_named(self) -> None:
        assert ": feature and team are lost; " in said(Boundary("app/bot.py", 10, "", "", "threading.Thread", ("feature", "team")))

    def test_a_caller_is_told_what_the_callee_inherits(self) -> None:
        expected = "self.ask() inherits feature and team from its caller; call it inside tags(feature=..., team=...)"
        assert [("CMK207", expected)] == findings(Caller("app/bot.py", 10, "", "self.ask", "ask", ("feature", "team")))

    def test_a_caller_is_told_to_give_an_argument(self) -> None:
        expected = "ask() takes feature from its caller as an argument; pass a value"
        assert [("CMK207", expected)] == findings(Caller("app/bot.py", 10, "", "ask", "ask", ("feature",), passed=True))

    def test_a_leaking_scope_is_reported(self) -> None:
        assert ["CMK208"] == found(LeakyScope("app/bot.py", 10, ""))

    def test_a_shadowed_scope_names_both_values(self) -> None:
        expected = (
            'the receiver\'s feature="chat" overrides feature="search" around the call; write tagged(client, feature="search") or drop one'
        )
        assert [("CMK209", expected)] == findings(Shadow("app/bot.py", 10, "", "client.create", "feature", "chat", "search"))

    def test_a_meter_that_nobody_starts_is_reported(self) -> None:
        assert ["CMK211"] == found(Unmetered("costmark.toml", 1))


class TestEscapedClients:
    def test_the_wrapper_for_the_path_is_named(self) -> None:
        client = EscapedClient("app/bot.py", 10, "", "openai", "openai.AsyncOpenAI", "run_benchmark")
        expected = (
            "a raw AsyncOpenAI is handed to run_benchmark(), which cannot be seen into; hand over tagged(client, feature=..., team=...)"
        )
        assert expected == said(client, 'required-tags = ["feature", "team"]')
        assert said(client, "required-tags = []").endswith("hand over tagged(client)")

    def test_code_without_a_name_is_called_code(self) -> None:
        client = EscapedClient("app/bot.py", 10, "", "openai", "", "")
        assert said(client).startswith("a raw openai is handed to code that cannot be seen into; ")


class TestModels:
    def test_a_model_without_a_price_is_reported(self) -> None:
        expected = 'no price is known for anthropic model "claude-pear-9"; price it as [prices."anthropic/claude-pear-9"] in the policy'
        assert [("CMK301", expected)] == findings(CALL._replace(models=("claude-sonnet-4-5", "claude-pear-9")))

    def test_a_close_name_is_offered(self) -> None:
        assert said(CALL._replace(provider="openai", models=("gpt-4o-minni",))).endswith('; did you mean "gpt-4o-mini"?')

    def test_a_retired_model_is_reported_with_its_day(self) -> None:
        assert said(CALL._replace(models=("claude-2.1",))) == (
            'anthropic retired "claude-2.1" on 2025-07-21; write a model that is still served'
        )

    def test_a_model_is_judged_by_the_day_of_the_check(self) -> None:
        context = Context(policy(""), date(2025, 7, 20))
        site = CALL._replace(models=("claude-2.1",))
        assert [] == [message for _, check in CHECKS[CallSite] for message in check(site, context)]

    def test_all_bad_models_of_a_call_are_one_finding(self) -> None:
        assert 1 == said(CALL._replace(models=("claude-pear-9", "claude-plum-9"))).count("; no price is known")

    @pytest.mark.parametrize(("provider", "model"), [("anthropic", "claude-pear-9"), ("litellm", "anthropic/claude-pear-9")])
    def test_a_model_that_the_policy_prices_is_silent(self, provider: str, model: str) -> None:
        site = CALL._replace(provider=provider, models=(model,))
        assert ["CMK301"] == found(site)
        assert [] == found(site, '[prices."anthropic/claude-pear-9"]\ninput = 1')

    @pytest.mark.parametrize("site", [CALL._replace(provider=""), CALL._replace(kind="possible"), CALL._replace(provider="acme")])
    def test_what_is_not_a_known_provider_s_is_silent(self, site: CallSite) -> None:
        assert [] == found(site._replace(models=("claude-pear-9",)))

    def test_raw_calls_are_asked_for_their_model_too(self) -> None:
        assert ["CMK101", "CMK301"] == found(RAW._replace(models=("claude-pear-9",)))


class TestPriceArithmetic:
    @pytest.mark.parametrize(
        ("factors", "divisors"),
        [
            (("usage.prompt_tokens", "0.15"), ("1_000_000",)),
            (("usage.completion_tokens", "PRICE_PER_TOKEN"), ()),
            (("usage.prompt_tokens", "INPUT_PRICE_PER_MILLION"), ("1_000_000",)),
            (("prompt_tokens", "3"), ("1000",)),
            (("input_tokens", "1.5e-07"), ()),
            (("n_tokens", "self.rate"), ()),
            (("token_count", "model.cost_per_token"), ()),
        ],
    )
    def test_a_token_count_times_a_price_is_reported(self, factors: tuple[str, ...], divisors: tuple[str, ...]) -> None:
        assert ["CMK302"] == found(PRICE._replace(factors=factors, divisors=divisors))

    @pytest.mark.parametrize(
        ("factors", "divisors"),
        [
            (("usage.prompt_tokens",), ("total",)),
            (("usage.prompt_tokens",), ("1000",)),
            (("max_tokens", "0.9"), ()),
            (("max_tokens", "cost"), ()),
            (("completion_tokens", "0.5"), ()),
            (("completion_tokens", "2"), ()),
            (("total_cost",), ("total_tokens",)),
            (("completion_tokens",), ("rate_limit",)),
            (("basket.quantity", "19.99"), ()),
            (("prompt_tokens", "inf"), ()),
            (("price_per_token", "0.001"), ()),
        ],
    )
    def test_other_arithmetic_is_silent(self, factors: tuple[str, ...], divisors: tuple[str, ...]) -> None:
        assert [] == found(PRICE._replace(factors=factors, divisors=divisors))

    def test_the_expression_is_quoted(self) -> None:
        site = PRICE._replace(text="usage.prompt_tokens * PRICE", factors=("usage.prompt_tokens", "PRICE"))
        assert said(site).startswith("usage.prompt_tokens * PRICE is a hand-rolled price; ")
