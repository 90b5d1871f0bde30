"""Help at a place of a plan: which field is meant there, and what could be written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lessons
from course.content.writing.completions import completions
from course.content.writing.form import fields
from course.content.writing.help import about
from course.content.yaml.place import spots
from course.content.yaml.reader import read_yaml
from course.plan_text import Completions
from engine.aws.about import about_place
from engine.traffic.workload import BusinessOutcome
from tests.labs.film.runs import WORLD

PLANS = tuple(
    path for path in Path(lessons.__file__).parent.rglob("*.yaml") if "\nUpdateEndpoint:" in f"\n{path.read_text()}"
)
"""Every plan that the course ships, among them each lab's start and reference."""

PLAN = """\
PutMetricAlarm:
  - AlarmName: v2-errors   # a name
    Dimensions:
      - {Name: VariantName, Value: main}
      - Name: EndpointConfigName
        Value: 'churn-v2'
    Period: 60
    EvaluationPeriods: 3
UpdateEndpoint:
  EndpointName: churn
  DeploymentConfig: {BlueGreenUpdatePolicy: {TrafficRoutingConfiguration: {
      Type: CANARY, CanarySize: {Type: CAPACITY_PERCENT, Value: 10}}}}
Later:
  - AfterSeconds: 600
    SetAlarmState: {AlarmName: v2-errors}
"""


def without_places(trail):
    """The trail without places in lists."""
    return tuple(key for key in trail if isinstance(key, str))


def at(text: str, mark: str = "|") -> tuple[str, int, int]:
    """The text without its mark, and where that stood, from 1."""
    before, _, after = text.partition(mark)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def offered(text: str) -> Completions:
    """What could be written where the mark stands."""
    return completions(*at(text), WORLD)


def words(text: str) -> list[str]:
    """The words of it."""
    return [option.word for option in offered(text).options]


def taken(text: str, word: str) -> str:
    """The text with one of them written."""
    found = offered(text)
    [option] = [each for each in found.options if each.word == word]
    lines = at(text)[0].split("\n")
    line = lines[found.line - 1]
    lines[found.line - 1] = line[: found.start - 1] + option.insert + line[found.end - 1 :]
    return "\n".join(lines)


def test_each_field_of_each_shipped_plan_has_its_line():
    """In the YAML and in the form, and never one that says that no plan needs it."""
    assert len(PLANS) > 30
    seen = set()
    for path in PLANS:
        text = path.read_text()
        seen |= {without_places(spot.trail) for spot in spots(text)}
        for field in fields(text):
            assert field.about and "No plan" not in field.about, (path, field.trail)
    for trail in seen:
        line = about_place(trail)
        assert line and "No plan" not in line, trail


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_places_are_those_that_a_strict_reader_finds(path):
    """In a plan that is right, keys and values have the trails that its data has."""
    text = path.read_text()
    document = read_yaml(text, "x")
    found = {spot.trail: spot for spot in spots(text) if spot.is_key}

    assert found.keys() == document.keys.keys()
    for trail, (line, column) in document.keys.items():
        assert found[trail].start == sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


@pytest.mark.parametrize(
    ("here", "line"),
    [
        pytest.param("Per|iod", "Length of a datapoint", id="in a key"),
        pytest.param("60|", "Length of a datapoint", id="behind its value"),
        pytest.param("|    EvaluationPeriods", "Newest datapoints that count (N)", id="before it, in its line"),
        pytest.param("# a n|ame", "What others call the alarm", id="in a comment behind it"),
        pytest.param("Value: m|ain", "The name of the one that is meant", id="within braces"),
        pytest.param("Value: 'chu|rn", "The name of the one that is meant", id="in quotes"),
        pytest.param("Type: CA|NARY", "In how many shifts traffic moves", id="in braces of several lines"),
        pytest.param("Value: 1|0", "How much of the new fleet goes first · 1 to 50 % ·", id="bounds by what is beside"),
        pytest.param("Later|:", "Requests that are sent during the run", id="beside requests"),
        pytest.param("600|", "When they are sent, counted from the plan · 0 to 2419200 s ·", id="a time"),
        pytest.param("{AlarmName: v|2", "The alarm that is meant", id="a request that is sent later"),
        pytest.param("UpdateEndp|oint", "Moves the endpoint to another configuration", id="an operation"),
    ],
)
def test_the_field_at_the_cursor(here, line):
    """Each place has the line of its field."""
    assert about(*at(PLAN.replace(here.replace("|", ""), here, 1))).startswith(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("|", "PutMetricAlarm", id="an empty plan"),
        pytest.param("Upd|", "UpdateEndpoint", id="a word begun"),
        pytest.param("UpdateEndpoint:\n  |", "EndpointConfigName", id="in a request"),
        pytest.param("UpdateEndpoint:\n  EndpointName:|", "churn", id="behind a colon"),
        pytest.param("UpdateEndpoint: {EndpointName: |", "churn", id="in braces that are open"),
        pytest.param(
            "CreateEndpoint: {EndpointName: mine}\nDeleteEndpoint: {EndpointName: |",
            "mine",
            id="an endpoint of the plan",
        ),
        pytest.param("UpdateEndpoint: {|}", "EndpointName", id="in braces that are empty"),
        pytest.param("PutMetricAlarm:\n- AlarmName: a\n  |", "Threshold", id="dashes below their key"),
        pytest.param("PutMetricAlarm:\n  - AlarmName: a\n  - |", "AlarmName", id="behind a dash"),
        pytest.param("PutMetricAlarm:\n  - TreatMissingData: n|", "notBreaching", id="a choice"),
        pytest.param("PutMetricAlarm:\n  - MetricName: Lat|", "ModelLatency", id="inside a word"),
        pytest.param("PutMetricAlarm:\n  - Dimensions: [{Name: VariantName, Value: |", "main", id="a name by its kind"),
        pytest.param("CreateTransformJob:\n  ModelName: |", "churn-v2", id="a model for a job"),
        pytest.param(
            "CreateTransformJob: {TransformJobName: nightly}\nStopTransformJob: {TransformJobName: |",
            "nightly",
            id="a job of the plan",
        ),
        pytest.param("UpdateEndpoint:\n  RetainDeploymentConfig: |", "true", id="a truth"),
        pytest.param("Later:\n  - |", "AfterSeconds", id="later"),
        pytest.param("Later:\n  - AfterSeconds: 1\n    UpdateEndpoint:\n      |", "EndpointName", id="in a later one"),
    ],
)
def test_what_could_be_written(text, expected):
    """Fields, values and names, in texts that no strict reader takes."""
    assert expected in words(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("UpdateEndpoint:\n  EndpointName: churn # |", id="a comment"),
        pytest.param("Nonsense:\n  |", id="no request"),
        pytest.param("PutMetricAlarm:\n  - Period: |", id="a number"),
        pytest.param("UpdateEndpoint:\n  EndpointName: churn\n    |", id="below a single value"),
    ],
)
def test_where_nothing_is_known_nothing_is_offered(text):
    """No list is better than a wrong one."""
    assert words(text) == []


def test_what_is_there_is_not_offered_again():
    """Before or behind the cursor; the word that is being written does not count."""
    text = "UpdateEndpoint:\n  EndpointName: churn\n  |\n  EndpointConfigName: churn-v2\n"

    assert not {"EndpointName", "EndpointConfigName"} & set(words(text))
    assert "EndpointName" in words("UpdateEndpoint:\n  Endpoint|Name: churn\n")


def test_alarms_are_known_to_each_other():
    """The update may name an alarm of the plan; an alarm may be put that the update names."""
    update = "UpdateEndpoint:\n  DeploymentConfig: {AutoRollbackConfiguration: {Alarms: [{AlarmName: %s}]}}\n"

    assert words("PutMetricAlarm: [{AlarmName: a}, {AlarmName: b}]\n" + update % "|") == ["a", "b"]
    assert words(update % "late" + "PutMetricAlarm:\n  - AlarmName: |") == ["late"]


def test_what_the_caller_publishes_comes_first():
    """Where the workload of the lab has an outcome."""
    counting = replace(WORLD, workload=replace(WORLD.workload, outcome=BusinessOutcome(name="Orders", base_rate=0.1)))

    for field, word in (("MetricName", "Orders"), ("Namespace", "Business")):
        text = at(f"PutMetricAlarm:\n  - {field}: |")
        assert completions(*text, counting).options[0].word == word
        assert word not in [option.word for option in completions(*text, WORLD).options]


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        pytest.param("Upd|", "UpdateEndpoint", "UpdateEndpoint:\n  ", id="a request"),
        pytest.param(
            "UpdateEndpoint:\n  DeploymentConfig:\n    |",
            "RollingUpdatePolicy",
            "UpdateEndpoint:\n  DeploymentConfig:\n    RollingUpdatePolicy:\n      ",
            id="a mapping goes on below",
        ),
        pytest.param(
            "UpdateEndpoint: {Dep|}", "DeploymentConfig", "UpdateEndpoint: {DeploymentConfig: }", id="not within braces"
        ),
        pytest.param(
            "PutMetricAlarm:\n  - Dim|", "Dimensions", "PutMetricAlarm:\n  - Dimensions:\n      - ", id="a list"
        ),
        pytest.param(
            "PutMetricAlarm:\n  - AlarmName: a\n  |",
            "Period",
            "PutMetricAlarm:\n  - AlarmName: a\n  - Period: ",
            id="one more of a list",
        ),
        pytest.param(
            "UpdateEndpoint:\n  EndpointName:|", "churn", "UpdateEndpoint:\n  EndpointName: churn", id="a gap"
        ),
        pytest.param(
            "UpdateEndpoint:\n  Endp|x: churn",
            "EndpointName",
            "UpdateEndpoint:\n  EndpointName: churn",
            id="the whole word is replaced, its colon stays",
        ),
    ],
)
def test_how_it_is_written(text, word, after):
    """As a person would write it there."""
    assert taken(text, word) == after


@given(st.text(alphabet="aAbN:-{}[],#'\"|> \n", max_size=80), st.integers(1, 9), st.integers(1, 30))
def test_no_text_is_too_wrong(text, line, column):
    """Whatever is half typed, there is a line and a list, if empty ones."""
    assert isinstance(about(text, line, column), str)
    found = completions("UpdateEndpoint:\n  " + text, line, column, WORLD)
    assert found.start <= found.end
