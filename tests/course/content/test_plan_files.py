"""A plan is checked where it stands; whatever a learner types is answered with findings, never with an exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.files.plan import check_plan

GOOD = """\
PutMetricAlarm:
  - AlarmName: v2-errors
    Namespace: AWS/SageMaker
    MetricName: Invocation5XXErrors
    Statistic: Average
    Period: 60
    EvaluationPeriods: 1
    Threshold: 0.05
    ComparisonOperator: GreaterThanThreshold
UpdateEndpoint:
  EndpointName: churn
  EndpointConfigName: churn-v2
"""

PLACES = [
    pytest.param("Threshold:", "Treshold:", (8, 5, "PutMetricAlarm[0].Treshold"), id="unknown parameter: at its key"),
    pytest.param("  EndpointName: churn\n", "", (10, 1, "UpdateEndpoint"), id="missing: at the key of its mapping"),
    pytest.param(
        "  - AlarmName: v2-errors\n    Name", "  - Name", (2, 5, "PutMetricAlarm[0]"), id="missing in an item of a list"
    ),
    pytest.param("Period: 60", "Period: x", (6, 5, "PutMetricAlarm[0].Period"), id="wrong type: at its key"),
    pytest.param("UpdateEndpoint:", "UpdateEndpont:", (10, 1, "UpdateEndpont"), id="unknown operation"),
    pytest.param("0.05", ".nan", (8, 16, ""), id="not a number"),
    pytest.param("0.05", "&x 0.05", (8, 16, ""), id="an anchor"),
    pytest.param("churn-v2", "'churn", (12, 23, ""), id="an open quote"),
    pytest.param("  EndpointName", "\tEndpointName", (11, 1, ""), id="a tab"),
]


@pytest.mark.parametrize(("old", "new", "place"), PLACES)
def test_findings_stand_where_the_mistake_is(old, new, place):
    """Line, column and the path in AWS's spelling; nothing is run while something is refused."""
    assert GOOD.count(old) == 1
    checked = check_plan(GOOD.replace(old, new), None)
    refused = [each for each in checked.findings if each.severity == "client"]

    assert (refused[0].line, refused[0].column, refused[0].path) == place
    assert not checked.ok


def test_a_good_plan_becomes_a_value():
    """What AWS would accept is read into the engine's requests."""
    checked = check_plan(GOOD, None)

    assert checked.ok
    assert checked.text == GOOD
    assert checked.plan is not None
    assert len(checked.plan.updates) == 1
    assert checked.plan.updates[0].endpoint_config_name == "churn-v2"
    assert [alarm.threshold for alarm in checked.plan.metric_alarms] == [0.05]


@pytest.mark.parametrize(
    "text", ["", "# nothing yet", "- a", "5", "null", "text", "---", "{", "a: *b", "\x1b[31m", "\ud800"]
)
def test_what_is_no_plan_is_one_finding_of_the_client(text):
    """Nothing that can be typed is an exception."""
    checked = check_plan(text, None)

    assert {(each.severity, each.path) for each in checked.findings} == {("client", "")}
    assert checked.plan is None


def test_findings_come_in_the_order_of_the_text():
    """The first finding is the first one to mend."""
    findings = check_plan("UpdateEndpoint: {}\nPutMetricAlarm:\n  - {}\nX: 1\n", None).findings

    assert [each.line for each in findings] == sorted(each.line for each in findings)
    assert len(findings) >= 3


WORDS = st.sampled_from(
    [
        "UpdateEndpoint: ",
        "PutMetricAlarm: ",
        "PutCompositeAlarm: ",
        "CreateEndpointConfig: ",
        "Later: ",
        "AfterSeconds: ",
        "DeploymentConfig: ",
        "Metrics: ",
        "AlarmName: ",
        "AlarmRule: ALARM(x)",
        "Threshold: ",
        "ProductionVariants: ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "1",
        "x",
        "-1e300",
        "~",
        '"',
        "true",
    ]
)


@given(st.one_of(st.text(max_size=100), st.lists(WORDS, max_size=25).map("".join)))
def test_no_text_raises(text):
    """Any text is either a plan or has at least one finding that refuses it."""
    checked = check_plan(text, None)

    assert checked.ok or any(each.severity != "advice" for each in checked.findings)
    assert all(each.say.isprintable() and each.line >= 1 and each.column >= 1 for each in checked.findings)


PARAMETERS = [
    "EndpointName",
    "EndpointConfigName",
    "DeploymentConfig",
    "BlueGreenUpdatePolicy",
    "RollingUpdatePolicy",
    "AlarmRule",
    "Stat",
    "Statistic",
    "TrafficRoutingConfiguration",
    "Type",
    "WaitIntervalInSeconds",
    "CanarySize",
    "Value",
    "AfterSeconds",
    "MaximumBatchSize",
    "Namespace",
    "AlarmName",
    "Metrics",
    "Id",
    "Expression",
    "Period",
    "UpdateEndpoint",
    "Threshold",
    "EvaluationPeriods",
    "ComparisonOperator",
    "MetricName",
]
LEAVES = ["x", "ALL_AT_ONCE", "CANARY", "CAPACITY_PERCENT", "1", "0", "-1", "50", "1e300", "true", "~", "''"]
VALUES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(PARAMETERS), inner, max_size=6).map(
            lambda items: f"{{{', '.join(f'{key}: {value}' for key, value in items.items())}}}"
        )
    ),
    max_leaves=15,
)
OPERATIONS = ["UpdateEndpoint", "PutMetricAlarm", "PutCompositeAlarm", "CreateEndpointConfig", "Later"]


@given(st.dictionaries(st.sampled_from(OPERATIONS), VALUES, min_size=1, max_size=3))
def test_no_request_of_the_right_words_raises(requests):
    """Nested data with AWS's own parameter names in the wrong places is refused like any other."""
    checked = check_plan("\n".join(f"{name}: {value}" for name, value in requests.items()), None)

    assert checked.ok or any(each.severity != "advice" for each in checked.findings)


def test_json_may_be_indented_by_tabs() -> None:
    """As editors write it; findings stand where they would in any other text."""
    text = '{\n\t"UpdateEndpoint":\t{\n\t\t"EndpointName": "churn",\n\t\t"EndpointConfigNam": "v2"\n\t}\n}\n'
    found = {finding.path: (finding.line, finding.column) for finding in check_plan(text, None).findings}

    assert found["UpdateEndpoint.EndpointConfigNam"] == (4, 3)


def test_yaml_may_not() -> None:
    """What a tab means there is anybody's guess, and a tab within a text is no JSON."""
    for text in ("UpdateEndpoint:\n\tEndpointName: churn\n", '{\n\t"UpdateEndpoint": "a\tb"\n}\n'):
        assert any("tab" in finding.say for finding in check_plan(text, None).findings), text
