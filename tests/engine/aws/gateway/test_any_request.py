"""Whatever CloudWatch is asked, it answers or refuses in AWS's form."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.aws.gateway.operations.cloudwatch.registry import OPERATIONS
from engine.aws.shapes.models import shapes_of
from tests.engine.aws.gateway.conftest import client_of

WORDS = st.sampled_from(
    [
        *("errors", "m", "e", "Team", "AWS/SageMaker", "Invocations", "ModelLatency", "Sum", "p90", "p101", "TM(:9)"),
        *("m / 0", "SUM(m)", "[m, e]", "METRICS()", "((((", "SEARCH('x', 'Sum')", "ALARM(errors)", "NOT ALARM(page)"),
        *(
            "PT5M",
            "P99D",
            "cron(0 9 * * *)",
            "cron(1-70 9 ? * *)",
            "at(2026-03-02T09:00)",
            "Mars/Olympus",
            "{}",
            "[1",
            "",
        ),
        *("EndpointName", "churn", "VariantName", "main", "a" * 300, "\x00", "arn:aws:cloudwatch:us-east-1:1:alarm:x"),
    ]
)
NUMBERS = st.sampled_from([0, 1, 2, 30, 45, 60, 300, 86_400, 10**9, 10**15, -1])
FLOATS = st.sampled_from([0.0, 1.5, -2.0, 1e300, 1e-9, 100.0])
TIMES = st.sampled_from([0, 1, 1_772_442_000, 1_772_442_600, 1_772_445_600, 2_000_000_000, 10**12])


def fitting(shape, depth=0):
    """Return a strategy of values that the client lets pass, mostly."""
    match shape.type_name:
        case "structure":
            needed = {name: fitting(shape.members[name], depth + 1) for name in shape.metadata.get("required", ())}
            others = {
                name: fitting(each, depth + 1)
                for name, each in shape.members.items()
                if name not in needed and depth < 5
            }
            return st.fixed_dictionaries(needed, optional=others)
        case "list":
            least = shape.metadata.get("min", 0)
            return st.lists(fitting(shape.member, depth + 1), min_size=least, max_size=max(least, 3))
        case "map":
            return st.dictionaries(WORDS, fitting(shape.value, depth + 1), max_size=2)
        case "string":
            choices = shape.metadata.get("enum")
            return st.sampled_from([*choices, "Nothing"]) if choices else WORDS
        case "integer" | "long":
            return NUMBERS
        case "float" | "double":
            return FLOATS
        case "timestamp":
            return TIMES
        case "boolean":
            return st.booleans()
        case _:
            return WORDS


@pytest.mark.parametrize("operation", sorted(name for _, name in OPERATIONS))
def test_any_request_is_answered_or_refused(operation):
    """Never with anything but a status of AWS's, and what comes after it is answered as well."""
    shape, _ = shapes_of("cloudwatch", operation)
    client = client_of()
    client.live.advance(700)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(fitting(shape))
    def asked(request):
        found = client.send(f"GraniteServiceVersion20100801.{operation}", request)
        assert found.status in (200, 400, 404)
        assert found.status == 200 or json.loads(found.body)["__type"]

    asked()
    client.live.advance(1400)
    assert client.watch("DescribeAlarms", AlarmTypes=["MetricAlarm", "CompositeAlarm"])["LogAlarms"] == []
