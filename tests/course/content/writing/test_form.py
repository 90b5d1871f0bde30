"""A plan as a form: what it shows, and that changing one value changes nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.writing.form import edited, fields
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.plan_text import FormField

BLOCK = """\
# A quarter first.   Keep me.
PutMetricAlarm:
  - AlarmName: "v2-errors"   # in quotes
    Namespace: AWS/SageMaker
    MetricName: Invocation5XXErrors
    Dimensions:
      - {Name: EndpointName, Value: churn}
      - Name: VariantName
        Value: 'main'
    Statistic: Sum
    Period: 60

    # how long
    EvaluationPeriods: 3      # three of three
    Threshold: 5
    ComparisonOperator: GreaterThanThreshold
  - AlarmName: >
      folded
    Period:
    Threshold: 0.05
UpdateEndpoint:
  EndpointName: churn
  DeploymentConfig:
    BlueGreenUpdatePolicy:
      TrafficRoutingConfiguration:
        Type: CANARY
        CanarySize: {Type: INSTANCE_COUNT, Value: 1,}   # one
        WaitIntervalInSeconds: 300
      # the end of the policy
    AutoRollbackConfiguration: {Alarms: [{AlarmName: v2-errors}, {AlarmName: b}]}
# the end
"""
FLOW = """\
UpdateEndpoint: {EndpointName: churn,
  DeploymentConfig: {BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: {Type: LINEAR, LinearStepSize: {Type: CAPACITY_PERCENT},  # how much
      WaitIntervalInSeconds: },
    # nothing yet
  }}}
PutMetricAlarm: {AlarmName: a, Period: "60"}"""
ROLLING = """\
UpdateEndpoint:
  EndpointName: churn
  DeploymentConfig:
    RollingUpdatePolicy:
      MaximumBatchSize:
"""
PLANS = {"block": BLOCK, "flow": FLOW, "rolling": ROLLING}
ROUTING = ("UpdateEndpoint", "DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
STRATEGY = "DeploymentConfig"
"""Where the one field ends that is no single value."""


def values_of(text: str) -> list[FormField]:
    """The fields that are single values of the text."""
    return [field for field in fields(text) if field.kind != "list" and field.trail[-1] != STRATEGY]


EVERY = [(name, field) for name, text in PLANS.items() for field in values_of(text)]

plans = st.sampled_from(sorted(PLANS))
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp", "Cf")), max_size=20)
tricky = st.sampled_from(
    [
        "",
        " ",
        "yes",
        "null",
        "12",
        "1e3",
        "a: b",
        "a #b",
        "- x",
        "{x}",
        "'",
        '"',
        "\\",
        "[b]x[/b]",
        "ä",
        "~",
        "0x1F",
        ":",
    ]
)
values = st.one_of(
    texts, tricky, st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False)
)


def leaves(data: Any, trail: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """All single values by their place."""
    if isinstance(data, dict):
        return {at: leaf for key, each in data.items() for at, leaf in leaves(each, (*trail, key)).items()}
    if isinstance(data, list):
        return {at: leaf for key, each in enumerate(data) for at, leaf in leaves(each, (*trail, key)).items()}
    return {trail: data}


def named(text: str, name: str, group: str = "") -> FormField:
    """The one field of this name."""
    [field] = [each for each in fields(text) if each.name == name and group in each.group]
    return field


def comments(text: str) -> list[str]:
    """What stands behind the signs of comments."""
    return [line[line.index("# ") :] for line in text.splitlines() if "# " in line]


def apply(text: str, field: FormField, value: Any) -> str:
    """The text with the field changed."""
    return edited(text, field.trail, value)


@given(st.sampled_from(EVERY), values)
def test_what_is_written_is_read_back(case, value):
    """Whatever a field is given, the form then shows it, with its type."""
    name, field = case
    after = apply(PLANS[name], field, value)
    found = leaves(read_yaml(after, "x").data)[field.trail]

    assert found == value
    assert type(found) is type(value)


@given(st.sampled_from(EVERY), values)
def test_all_other_values_stay(case, value):
    """Nothing but the one value is another; a null that the value replaces may go."""
    name, field = case
    before = leaves(read_yaml(PLANS[name], "x").data)
    after = leaves(read_yaml(apply(PLANS[name], field, value), "x").data)
    around = {field.trail[:length] for length in range(len(field.trail))}

    assert {at: leaf for at, leaf in before.items() if at != field.trail and at not in around} == {
        at: leaf for at, leaf in after.items() if at != field.trail
    }


@given(st.sampled_from(EVERY), values)
def test_comments_and_layout_survive(case, value):
    """All comments are kept, and every line but the changed one stands as it stood."""
    name, field = case
    text = PLANS[name]
    after = apply(text, field, value)
    kept = set(after.splitlines())

    if not isinstance(value, str) or "#" not in value:
        assert comments(after) == comments(text)
    assert sum(line not in kept for line in text.splitlines()) <= 2


@given(st.lists(st.tuples(st.integers(0, 60), values), max_size=6), plans)
def test_edits_add_up(edits, name):
    """A form edited field after field shows every value last given."""
    text, wanted = PLANS[name], {}
    for number, value in edits:
        shown = values_of(text)
        if shown:
            field = shown[number % len(shown)]
            text = apply(text, field, value)
            wanted[field.trail] = value

    found = leaves(read_yaml(text, "x").data)
    assert {trail: found[trail] for trail in wanted} == wanted


@given(st.text(max_size=60))
def test_any_text_is_a_form_or_none(text):
    """What cannot be read has no fields, and never raises."""
    assert isinstance(fields(text), tuple)


def test_the_form_shows_what_stands_in_the_plan():
    """Values with their place, group and bounds; with what is likely to be missing."""
    wait = named(BLOCK, "WaitIntervalInSeconds")
    size = named(BLOCK, "CanarySize Value")

    assert (wait.value, wait.kind, wait.allowed) == (300, "whole number", "a whole number, 0 to 3600")
    assert (size.value, size.group) == (1, "UpdateEndpoint")
    assert named(BLOCK, "Strategy (policy, Type)").choices == ("ALL_AT_ONCE", "CANARY", "LINEAR", "ROLLING")
    assert named(BLOCK, "DatapointsToAlarm", "v2-errors").value is None
    assert named(BLOCK, "Dimensions 1 Value").value == "churn"
    assert "Invocation5XXErrors" in named(BLOCK, "MetricName", "v2-errors").suggestions


@pytest.mark.parametrize(
    ("text", "name", "group", "value", "line"),
    [
        pytest.param(BLOCK, "Period", "v2", 300, "    Period: 300", id="a number"),
        pytest.param(BLOCK, "AlarmName", "v2", "x", '  - AlarmName: "x"   # in quotes', id="quotes stay quotes"),
        pytest.param(BLOCK, "Dimensions 2 Value", "v2", "it's", "        Value: 'it''s'", id="single quotes too"),
        pytest.param(
            BLOCK,
            "CanarySize Value",
            "",
            2,
            "        CanarySize: {Type: INSTANCE_COUNT, Value: 2,}   # one",
            id="within braces",
        ),
        pytest.param(BLOCK, "DatapointsToAlarm", "v2", 2, "    DatapointsToAlarm: 2", id="a missing key"),
        pytest.param(BLOCK, "TerminationWaitInSeconds", "", 60, "      TerminationWaitInSeconds: 60", id="nested"),
        pytest.param(BLOCK, "Period", "folded", 60, "    Period: 60", id="a key without a value"),
        pytest.param(ROLLING, "MaximumBatchSize Value", "", 1, "      MaximumBatchSize: {Value: 1}", id="both missing"),
        pytest.param(
            FLOW,
            "Threshold",
            "",
            0.5,
            'PutMetricAlarm: {AlarmName: a, Period: "60", Threshold: 0.5}',
            id="a missing key within braces",
        ),
        pytest.param(FLOW, "AlarmName", "", "off", 'PutMetricAlarm: {AlarmName: off, Period: "60"}', id="a word"),
    ],
)
def test_how_a_value_is_written(text, name, group, value, line):
    """As a person would write it there."""
    after = apply(text, named(text, name, group), value)

    assert line in after.splitlines()


def test_windows_line_ends_stay():
    """A file from Windows is one afterwards."""
    text = BLOCK.replace("\n", "\r\n")

    assert apply(text, named(text, "Period", "v2"), 300) == BLOCK.replace("Period: 60", "Period: 300").replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize(
    ("trail", "value", "error"),
    [
        pytest.param(("PutMetricAlarm", 7, "Period"), 1, ValueError, id="no such alarm"),
        pytest.param(("PutMetricAlarm",), 1, ValueError, id="not a single value"),
        pytest.param(("UpdateEndpoint", "EndpointName", "Inner"), 1, ValueError, id="inside a text"),
        pytest.param(("UpdateEndpoint", "EndpointName"), float("nan"), ValueError, id="no number"),
        pytest.param(("UpdateEndpoint", "EndpointName"), "\x1b[31m", ValueError, id="a terminal escape"),
    ],
)
def test_what_cannot_be_written_is_refused(trail, value, error):
    """Better no change than a wrong one."""
    with pytest.raises(error):
        edited(BLOCK, trail, value)


def test_what_cannot_be_read_is_refused():
    """There is no place in a text that is no YAML."""
    with pytest.raises(ContentError):
        edited("a: [", ("a",), 1)
