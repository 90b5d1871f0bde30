"""Rules of EventBridge: patterns, what is kept of a rule, and what its targets would have got."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from engine.aws.gateway.event_patterns import NoPattern, matches, parse
from engine.aws.gateway.operations.rules import events_of
from tests.engine.aws.gateway.in_process import client, gateway_of, talking_to

EVENT = {
    "source": "aws.sagemaker",
    "detail-type": "SageMaker Endpoint State Change",
    "resources": ["arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn"],
    "detail": {
        "EndpointStatus": "IN_SERVICE",
        "FailureReason": "",
        "ProductionVariants": [{"VariantName": "main", "CurrentWeight": 1.0}, {"VariantName": "b", "CurrentWeight": 3}],
    },
}
TARGET = {"Id": "one", "Arn": "arn:aws:lambda:us-east-1:111122223333:function:tell"}


@pytest.mark.parametrize(
    "pattern, found",
    [
        ({"source": ["aws.sagemaker"]}, True),
        ({"source": ["aws.ec2", "aws.sagemaker"]}, True),
        ({"source": ["aws.ec2"]}, False),
        ({"source": ["aws.sagemaker"], "detail-type": ["else"]}, False),
        ({"source": [{"prefix": "aws."}]}, True),
        ({"source": [{"prefix": {"equals-ignore-case": "AWS."}}]}, True),
        ({"resources": [{"suffix": "/churn"}]}, True),
        ({"resources": [{"wildcard": "arn:*:endpoint/ch*"}]}, True),
        ({"resources": [{"wildcard": "endpoint"}]}, False),
        ({"source": [{"wildcard": "aws.sagemaker*"}]}, True),
        ({"source": [{"wildcard": "aws.sage*gemaker"}]}, False),
        ({"source": [{"wildcard": "*" * 2000 + "x"}]}, False),
        ({"detail": {"EndpointStatus": [{"anything-but": ["UPDATING", "CREATING"]}]}}, True),
        ({"detail": {"EndpointStatus": [{"anything-but": {"prefix": "IN_"}}]}}, False),
        ({"detail": {"EndpointStatus": [{"equals-ignore-case": "in_service"}]}}, True),
        ({"detail": {"ProductionVariants": {"VariantName": ["b"]}}}, True),
        ({"detail": {"ProductionVariants": {"CurrentWeight": [{"numeric": [">", 2, "<=", 3]}]}}}, True),
        ({"detail": {"ProductionVariants": {"CurrentWeight": [{"numeric": [">", 3]}]}}}, False),
        ({"detail": {"FailureReason": [{"exists": True}]}}, True),
        ({"detail": {"PendingDeploymentSummary": {"EndpointConfigName": [{"exists": False}]}}}, True),
        ({"detail": {"PendingDeploymentSummary": {"EndpointConfigName": [{"exists": True}]}}}, False),
        ({"$or": [{"source": ["aws.ec2"]}, {"detail": {"EndpointStatus": ["IN_SERVICE"]}}]}, True),
        ({"detail": {"FailureReason": [None]}}, False),
    ],
)
def test_patterns(pattern, found):
    """Of each operator, as AWS documents it."""
    assert matches(parse(json.dumps(pattern)), EVENT) is found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        "[" * 4000,
        '{"source": "aws.sagemaker"}',
        '{"source": []}',
        '{"detail": {}}',
        '{"source": [["a"]]}',
        '{"source": [{"prefix": 1}]}',
        '{"source": [{"prefix": "a", "suffix": "b"}]}',
        '{"source": [{"regex": "a"}]}',
        '{"source": [{"numeric": [">", "1"]}]}',
        '{"source": [{"numeric": [">", 1, "<"]}]}',
        '{"source": [{"exists": "yes"}]}',
        '{"source": [{"anything-but": []}]}',
        '{"$or": {"source": ["a"]}}',
        '{"a":' * 200 + '["b"]' + "}" * 200,
    ],
)
def test_texts_that_are_no_pattern(text):
    """Each with AWS's beginning of the sentence."""
    with pytest.raises(NoPattern, match=r"^Event pattern is not valid\. Reason: "):
        parse(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["a", "b", "prefix", "numeric", ">", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "b", "$or", "prefix", "numeric", "anything-but", "exists"]), inner, max_size=2
        )
    ),
    max_leaves=12,
)


@given(pattern=JSON, event=JSON)
def test_any_json_is_a_pattern_or_says_why_not(pattern, event):
    """Whatever is taken for a pattern can be matched with whatever comes."""
    try:
        taken = parse(json.dumps(pattern))
    except NoPattern:
        return
    assert matches(taken, event) in (True, False)


@pytest.fixture
def gateway():
    """A gateway that botocore's clients talk to."""
    with talking_to(gateway_of()) as found:
        yield found


@pytest.fixture
def events(gateway):
    """Its EventBridge."""
    return client("events")


def put_rule(events, status="IN_SERVICE", **more):
    """Create a rule about a status of the endpoint."""
    pattern = {"source": ["aws.sagemaker"], "detail": {"EndpointStatus": [status]}}
    return events.put_rule(Name="done", EventPattern=json.dumps(pattern), **more)["RuleArn"]


def test_a_target_gets_what_its_rule_matches(gateway, events):
    """From when it is there, as long as the rule is enabled."""
    client("sagemaker").update_endpoint(EndpointName="churn", EndpointConfigName="v2")
    put_rule(events, status="UPDATING")
    events.put_targets(Rule="done", Targets=[TARGET])
    assert events_of(gateway.account) == ()

    put_rule(events)
    gateway.account.live.advance(1200)
    (got,) = events_of(gateway.account)
    assert (got.rule, got.target_id, got.target_arn) == ("done", "one", TARGET["Arn"])
    assert got.event["detail"]["EndpointConfigName"] == "v2"
    assert got.event in gateway.account.live.recorder.event_bridge

    events.disable_rule(Name="done")
    client("sagemaker").update_endpoint(EndpointName="churn", EndpointConfigName="v1")
    gateway.account.live.advance(2400)
    assert events_of(gateway.account) == (got,)
    events.enable_rule(Name="done")
    assert events_of(gateway.account) == (got,)


def test_a_rule_is_kept_listed_and_deleted(gateway, events):
    """It cannot be deleted before its targets."""
    arn = put_rule(events, Description="tell me", Tags=[{"Key": "a", "Value": "b"}])
    events.put_targets(Rule="done", Targets=[TARGET])
    found = events.describe_rule(Name="done")

    assert (found["Arn"], found["State"], found["Description"]) == (arn, "ENABLED", "tell me")
    assert [each["Name"] for each in events.list_rules(NamePrefix="do")["Rules"]] == ["done"]
    assert events.list_targets_by_rule(Rule="done")["Targets"] == [TARGET]
    assert events.list_rule_names_by_target(TargetArn=TARGET["Arn"])["RuleNames"] == ["done"]
    assert events.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    with pytest.raises(ClientError, match="since it has targets"):
        events.delete_rule(Name="done")
    assert events.remove_targets(Rule="done", Ids=["one", "two"])["FailedEntryCount"] == 1
    events.delete_rule(Name="done")
    events.delete_rule(Name="done")
    with pytest.raises(ClientError, match="Rule done does not exist on EventBus default"):
        events.describe_rule(Name="done")


@pytest.mark.parametrize("more", [{}, {"EventPattern": '{"source": ["aws.sagemaker"]}'}])
def test_a_schedule_is_refused(events, more):
    """Also beside a pattern, which AWS takes: such a rule would go by the clock as well."""
    with pytest.raises(ClientError, match="NotSimulated"):
        events.put_rule(Name="often", ScheduleExpression="rate(5 minutes)", **more)

    assert events.list_rules()["Rules"] == []


def test_a_target_must_be_an_arn(events):
    """One that is none is refused, and none of the others is added (asserted by moto and ministack)."""
    put_rule(events)
    with pytest.raises(
        ClientError, match=r"Parameter me is not valid\. Reason: Provided Arn is not in correct format\."
    ):
        events.put_targets(Rule="done", Targets=[TARGET, {"Id": "two", "Arn": "me"}])

    assert events.list_targets_by_rule(Rule="done")["Targets"] == []


def test_patterns_can_be_tried(events):
    """TestEventPattern."""
    envelope = {"id": "1", "account": "111122223333", "time": "2026-03-02T09:00:00Z", "region": "us-east-1"}
    asked = {"Event": json.dumps({**envelope, **EVENT})}

    assert events.test_event_pattern(EventPattern='{"source": ["aws.sagemaker"]}', **asked)["Result"]
    assert not events.test_event_pattern(EventPattern='{"source": ["aws.ec2"]}', **asked)["Result"]
    with pytest.raises(ClientError, match="Event pattern is not valid"):
        events.test_event_pattern(EventPattern="x", **asked)
    with pytest.raises(ClientError, match="Parameter Event is not valid"):
        events.test_event_pattern(EventPattern='{"source": ["a"]}', Event="{}")


def test_what_is_not_simulated_says_so(events):
    """A rule by the clock, and another bus."""
    with pytest.raises(ClientError, match="clock are not simulated"):
        events.put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
    with pytest.raises(ClientError, match="Event bus mine does not exist"):
        events.put_rule(Name="r", EventPattern='{"source": ["a"]}', EventBusName="mine")
