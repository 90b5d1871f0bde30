"""Steps that depend on an alarm or a metric: judged, read, written and taken home."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.takeaway.forms import as_boto3, as_cli, as_cloudformation
from engine.aws.translation.reading import read_plan
from engine.aws.translation.writing import write_plan
from tests.engine.aws.examples import ALARM, CANARY, alarm, update
from tests.engine.aws.worlds import world

IS_OK = {"AlarmName": ALARM["AlarmName"], "StateValue": "OK"}
FAILS_LITTLE = {
    "MetricStat": {
        "Metric": {
            "Namespace": "AWS/SageMaker",
            "MetricName": "Invocation5XXErrors",
            "Dimensions": [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}],
        },
        "Period": 300,
        "Stat": "Average",
    },
    "ComparisonOperator": "LessThanThreshold",
    "Threshold": 0.01,
}


def later(condition: object, key: str = "If", after_s: float = 900) -> dict[str, Any]:
    """Return a plan whose update depends on something."""
    return {**alarm(), "Later": [{"AfterSeconds": after_s, key: condition, **update(CANARY)}]}


def said(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the place and the sentence of what stops the plan."""
    return [(".".join(map(str, each.path)), each.say) for each in check(plan, world()) if each.stops]


@pytest.mark.parametrize("condition", [IS_OK, FAILS_LITTLE])
@pytest.mark.parametrize("key", ["If", "Unless"])
def test_what_is_read_is_written(condition: dict[str, Any], key: str) -> None:
    """The same plan comes back."""
    plan = later(condition, key)

    assert said(plan) == []
    assert read_plan(write_plan(read_plan(plan))) == read_plan(plan)
    assert write_plan(read_plan(plan))["Later"][0][key] == condition


WRONG: list[tuple[str, object, str, str]] = [
    ("text", "OK", "Later.0.If", "A condition is a mapping"),
    ("no-state", {"AlarmName": "err"}, "Later.0.If", "lacks StateValue"),
    ("strange-field", {**IS_OK, "State": "OK"}, "Later.0.If.State", "no part of a condition"),
    ("both", {**FAILS_LITTLE, **IS_OK}, "Later.0.If.AlarmName", "AlarmName does not go with MetricStat. Keep one"),
    ("both-in-part", {**IS_OK, "Threshold": 1}, "Later.0.If.Threshold", "Threshold does not go with AlarmName"),
    ("no-metric", {"Threshold": 1}, "Later.0.If", "lacks MetricStat and ComparisonOperator"),
    ("state-in-small-letters", {**IS_OK, "StateValue": "ok"}, "Later.0.If.StateValue", "enum value set"),
    ("unknown-alarm", {**IS_OK, "AlarmName": "er"}, "Later.0.If.AlarmName", "Did you mean err?"),
    ("name-of-a-number", {**IS_OK, "AlarmName": 5}, "Later.0.If.AlarmName", "Invalid type"),
    (
        "period",
        {**FAILS_LITTLE, "MetricStat": {**FAILS_LITTLE["MetricStat"], "Period": 45}},
        "Later.0.If.MetricStat.Period",
        "multiple of 60",
    ),
    ("operator", {**FAILS_LITTLE, "ComparisonOperator": "Below"}, "Later.0.If.ComparisonOperator", "enum"),
    ("threshold", {**FAILS_LITTLE, "Threshold": "1 %"}, "Later.0.If.Threshold", "Invalid type"),
    ("no-threshold", {k: v for k, v in FAILS_LITTLE.items() if k != "Threshold"}, "Later.0.If", "lacks Threshold"),
]


@pytest.mark.parametrize(("condition", "place", "words"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_slip_is_told_at_its_place(condition: object, place: str, words: str) -> None:
    """In the words of the request that it is taken from."""
    assert any(at == place and words in say for at, say in said(later(condition))), said(later(condition))


def test_two_conditions_in_one_step() -> None:
    """One of the two is meant."""
    plan = {**alarm(), "Later": {"AfterSeconds": 60, "If": IS_OK, "Unless": IS_OK, **update(CANARY)}}

    assert [at for at, _ in said(plan)] == ["Later.Unless"]


def test_opposite_steps_of_one_moment_do_not_meet() -> None:
    """Only one of them is sent, so the endpoint is not busy with the other."""
    steps = [
        {"AfterSeconds": 900, "If": IS_OK, **update(CANARY)},
        {"AfterSeconds": 900, "Unless": IS_OK, **update(CANARY, EndpointConfigName="churn-v1")},
    ]

    assert said({**alarm(), "Later": steps}) == []


def test_what_is_taken_home_asks_too() -> None:
    """Both scripts ask CloudWatch first; a template cannot, and says so."""
    plan = {**alarm(), "Later": [*later(IS_OK)["Later"], *later(FAILS_LITTLE, "Unless", 1800)["Later"]]}
    script, commands = as_boto3(plan), as_cli(plan)

    ast.parse(script)
    assert "if state_of('err') == 'OK':\n    sagemaker.update_endpoint(" in script
    assert "if not (value is not None and value < 0.01):\n    sagemaker.update_endpoint(" in script
    assert "describe-alarms" in commands
    assert "if ! newest 300 " in commands
    assert commands.count("\nfi\n") == 2
    assert as_cloudformation(plan).count("on a condition") == 2


def test_the_shell_takes_the_commands(tmp_path) -> None:
    """`sh -n` reads them without a complaint, whatever the alarm is called."""
    import subprocess

    name = "it's `x` $HOME"
    plan = {**alarm(AlarmName=name), "Later": later({**IS_OK, "AlarmName": name})["Later"]}
    file = tmp_path / "plan.sh"
    file.write_text(as_cli(plan))

    assert subprocess.run(["sh", "-n", str(file)], capture_output=True, text=True, check=False).stderr == ""
