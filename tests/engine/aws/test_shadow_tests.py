"""Shadow tests and shadow variants as AWS's client and service judge them (spec sagemaker 9, inference 7.1)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.checking import accepts, check
from engine.aws.translation.reading import read_plan
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.requests.experiments import CreateInferenceExperiment
from tests.engine.aws.examples import VARIANT, config
from tests.engine.aws.worlds import world


def variant(name: str, model: str, count: object = 1, kind: str = "ml.m5.large") -> dict[str, Any]:
    """Return a ModelVariantConfig."""
    instances = {"InstanceType": kind, "InstanceCount": count}
    return {
        "ModelName": model,
        "VariantName": name,
        "InfrastructureConfig": {"InfrastructureType": "RealTimeInference", "RealTimeInferenceConfig": instances},
    }


MAIN, SHADOW = variant("main", "churn-v1", 4), variant("Shadow-01", "churn-v2")
COPIED = {"ShadowModelVariantName": "Shadow-01", "SamplingPercentage": 50}
MODE = {"SourceModelVariantName": "main", "ShadowModelVariants": [COPIED]}
TEST: dict[str, Any] = {
    "Name": "try",
    "Type": "ShadowMode",
    "RoleArn": "arn:aws:iam::111122223333:role/sagemaker",
    "EndpointName": "churn",
    "ModelVariants": [MAIN, SHADOW],
    "ShadowModeConfig": MODE,
}
STOP = {"Name": "try", "ModelVariantActions": {"main": "Remove", "Shadow-01": "Promote"}, "DesiredState": "Completed"}
FORTY_DAYS = {"StartTime": "2026-03-02T09:00:00Z", "EndTime": "2026-04-11T09:00:00Z"}


def create(**fields: Any) -> dict[str, Any]:
    """Return a plan that creates the test, some fields changed; None takes one out."""
    return {"CreateInferenceExperiment": {key: value for key, value in {**TEST, **fields}.items() if value is not None}}


def sampled(percent: object) -> dict[str, Any]:
    """Return a plan whose test samples so many percent."""
    return create(ShadowModeConfig={**MODE, "ShadowModelVariants": [{**COPIED, "SamplingPercentage": percent}]})


def stop(**fields: Any) -> dict[str, Any]:
    """Return a plan that stops a test."""
    return {"StopInferenceExperiment": {**STOP, **fields}}


def without_destination() -> dict[str, Any]:
    """Return a plan whose answers are to be kept nowhere."""
    return create(DataStorageConfig={})


def without_instances() -> dict[str, Any]:
    """Return a plan that does not say how many instances."""
    half = deepcopy(SHADOW)
    del half["InfrastructureConfig"]["RealTimeInferenceConfig"]
    return create(ModelVariants=[MAIN, half])


BY_SERVICE = [
    ("negative-sampling", sampled(-1), "SamplingPercentage is -1. Write 1 to 100. (The client lets it pass; how AWS"),
    ("no-sampling", sampled(0), "SamplingPercentage is 0. Write 1 to 100."),
    ("too-much-sampling", sampled(101), "Member must have value less than or equal to 100"),
    (
        "two-shadows",
        create(
            ShadowModeConfig={**MODE, "ShadowModelVariants": [COPIED, {**COPIED, "ShadowModelVariantName": "main"}]}
        ),
        "Member must have length less than or equal to 1",
    ),
    (
        "three-variants",
        create(ModelVariants=[MAIN, SHADOW, variant("third", "churn-v3")]),
        "Member must have length less than or equal to 2",
    ),
    ("no-instance", create(ModelVariants=[MAIN, variant("Shadow-01", "churn-v2", 0)]), "needs at least 1 instance"),
    ("forty-days", create(Schedule=FORTY_DAYS), "at most 30 days, this one 40"),
    (
        "backwards",
        create(Schedule={"StartTime": FORTY_DAYS["EndTime"], "EndTime": FORTY_DAYS["StartTime"]}),
        "before it begins",
    ),
    ("canary-mode", create(Type="CanaryMode"), "Member must satisfy enum value set: [ShadowMode]"),
    ("stopped-with-nothing", stop(ModelVariantActions={}), "Member must have length greater than or equal to 1"),
    ("stopped-by-deleting", stop(ModelVariantActions={"main": "Delete"}), "enum value set: [Retain, Remove, Promote]"),
    ("two-promoted", stop(ModelVariantActions={"a": "Promote", "b": "Promote"}), "Only the shadow can be promoted"),
    ("inferentia", create(ModelVariants=[MAIN, variant("Shadow-01", "churn-v2", 1, "ml.inf1.xlarge")]), "Inf1"),
    ("one-variant", create(ModelVariants=[MAIN]), "ModelVariants holds no variant Shadow-01"),
    (
        "its-own-shadow",
        create(ShadowModeConfig={**MODE, "ShadowModelVariants": [{**COPIED, "ShadowModelVariantName": "main"}]}),
        "its own shadow",
    ),
]
BY_CLIENT = [
    ("empty-variants", create(ModelVariants=[]), "valid min length: 1"),
    ("empty-shadows", create(ShadowModeConfig={**MODE, "ShadowModelVariants": []}), "valid min length: 1"),
    (
        "no-percentage",
        create(ShadowModeConfig={**MODE, "ShadowModelVariants": [{"ShadowModelVariantName": "Shadow-01"}]}),
        'Missing required parameter in ShadowModeConfig.ShadowModelVariants[0]: "SamplingPercentage"',
    ),
    ("no-destination", without_destination(), '"Destination"'),
    ("no-instances", without_instances(), '"RealTimeInferenceConfig"'),
    ("unknown-key", create(Percentage=50), 'Unknown parameter in input: "Percentage"'),
    ("update-with-type", {"UpdateInferenceExperiment": {"Name": "try", "Type": "ShadowMode"}}, 'input: "Type"'),
    ("half-a-percent", sampled(50.0), "Invalid type for parameter"),
    ("percent-in-words", sampled("50"), "Invalid type for parameter"),
    ("negative-count", create(ModelVariants=[MAIN, variant("Shadow-01", "churn-v2", -1)]), "valid min value: 0"),
    ("no-time", create(Schedule={"EndTime": "soon"}), "Invalid type for parameter Schedule.EndTime"),
    ("end-of-time", create(Schedule={"EndTime": "9999-12-31T23:59:59-12:00"}), "Invalid type for parameter"),
    ("beyond-time", create(Schedule={"EndTime": 10**18}), "Invalid type for parameter Schedule.EndTime"),
    ("number-for-an-action", stop(ModelVariantActions={"1": 5, "a b.c": 3}), "Invalid type for parameter"),
    ("incomplete", create(RoleArn=None), 'Missing required parameter in input: "RoleArn"'),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in BY_SERVICE], ids=[row[0] for row in BY_SERVICE])
def test_the_client_passes_it_and_the_service_refuses(plan: dict[str, Any], words: str) -> None:
    """Nothing of it stops in the client (spec inference 7.1)."""
    found = check(plan, None)

    assert {finding.severity for finding in found} == {"service"}
    assert any(words in finding.say for finding in found)


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in BY_CLIENT], ids=[row[0] for row in BY_CLIENT])
def test_the_client_refuses(plan: dict[str, Any], words: str) -> None:
    """In botocore's own words (spec inference 7.1)."""
    found = [finding.say for finding in check(plan, None) if finding.severity == "client"]

    assert any(words in say for say in found)


def test_what_is_fine() -> None:
    """A test, and its end as in AWS's example (spec inference 7.2)."""
    assert accepts({**create(), "Later": [{"AfterSeconds": 3600, **stop()}]}, world())


UNMATCHED = [
    ("no-such-test", stop(), "No inference experiment is called try."),
    ("no-such-endpoint", create(EndpointName="chrun"), "Could not find endpoint"),
    ("no-such-model", create(ModelVariants=[MAIN, variant("Shadow-01", "churn-v9")]), "Could not find model"),
    ("another-model", create(ModelVariants=[variant("main", "churn-v2"), SHADOW]), "runs the model churn-v1"),
    ("a-year-off", create(Schedule={"EndTime": "2027-03-02T09:00:00Z"}), "A test lasts at most 30 days"),
    (
        "two-of-a-name",
        {"CreateInferenceExperiment": [TEST, TEST]},
        "An inference experiment called try exists already.",
    ),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in UNMATCHED], ids=[row[0] for row in UNMATCHED])
def test_what_the_world_refuses(plan: dict[str, Any], words: str) -> None:
    """The control plane's own list, asked beforehand."""
    assert any(words in finding.say and finding.severity == "service" for finding in check(plan, world()))


UPDATE = {"EndpointName": "churn", "EndpointConfigName": "churn-v2"}
LATER = {"Schedule": {"StartTime": "2026-03-20T09:00:00Z"}}
AT_THE_SAME_MOMENT = [
    ("an-update", TEST, {"UpdateEndpoint": UPDATE}, "Cannot update in-progress endpoint"),
    ("an-update-long-before-it", {**TEST, **LATER}, {"UpdateEndpoint": UPDATE}, ""),
    ("its-end", TEST, stop(), "The inference experiment try is Creating. It must be Created or Running."),
    ("another-test", TEST, create(Name="other"), "is used by the inference experiment try, which is not over"),
]


@pytest.mark.parametrize(
    ("test", "other", "words"), [row[1:] for row in AT_THE_SAME_MOMENT], ids=[row[0] for row in AT_THE_SAME_MOMENT]
)
def test_what_is_sent_at_the_moment_of_its_creation(test: dict[str, Any], other: dict[str, Any], words: str) -> None:
    """Checks say what a run would: a test that starts at once has its endpoint from the beginning."""
    steps = [{"AfterSeconds": 0, "CreateInferenceExperiment": test}, {"AfterSeconds": 0, **other}]
    found = [each.say for each in check({"Later": steps}, world()) if each.severity == "service"]

    assert (bool(found), words in "".join(found)) == (bool(words), True)


OF_CONFIG = [
    (
        "two",
        [{**VARIANT, "VariantName": "s"}, {**VARIANT, "VariantName": "t"}],
        "one production variant and one shadow",
    ),
    ("same-name", [VARIANT], "Two variants are called AllTraffic"),
    ("inferentia", [{**VARIANT, "VariantName": "s", "InstanceType": "ml.inf1.xlarge"}], "Inf1"),
    ("too-many", [{**VARIANT, "VariantName": "s", "InitialInstanceCount": 1001}], "at most 1000 instances"),
    ("no-model", [{**VARIANT, "VariantName": "s", "ModelName": "churn-v9"}], "Could not find model"),
    (
        "serverless",
        [
            {
                "VariantName": "s",
                "ModelName": "churn-v2",
                "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
            }
        ],
        "Serverless variants neither are nor have shadows",
    ),
]


@pytest.mark.parametrize(("shadows", "words"), [row[1:] for row in OF_CONFIG], ids=[row[0] for row in OF_CONFIG])
def test_shadows_of_a_configuration(shadows: list[dict[str, Any]], words: str) -> None:
    """At most one, on instances, with a name and a model of its own (spec sagemaker 9)."""
    plan = config(name="churn-v3")
    plan["CreateEndpointConfig"]["ShadowProductionVariants"] = shadows

    assert any(words in finding.say for finding in check(plan, world()))


names = st.from_regex(r"[a-zA-Z0-9](-?[a-zA-Z0-9]){0,8}", fullmatch=True)
moments = st.datetimes(timezones=st.timezones() | st.none()).map(lambda t: t.isoformat()) | st.integers(0, 10**10)
schedules = st.fixed_dictionaries({}, optional={"StartTime": moments, "EndTime": moments})
creations = st.builds(
    lambda name, schedule, percent: create(
        **{**sampled(percent)["CreateInferenceExperiment"], "Name": name, "Schedule": schedule}
    ),
    names,
    schedules,
    st.integers(1, 100),
)


@settings(max_examples=60, deadline=None)
@given(creations)
def test_a_written_test_reads_as_it_was(plan: dict[str, Any]) -> None:
    """Nothing is lost on the way to a file and back, whatever the form in which the times are written."""
    read = read_plan(plan)

    assert isinstance(read.steps[0].request, CreateInferenceExperiment)
    assert read_plan(write_plan(read)) == read


def test_other_requests_read_as_they_were() -> None:
    """Change, start, stop and removal."""
    plan = {
        "UpdateInferenceExperiment": {
            "Name": "try",
            "Schedule": {"EndTime": "2026-03-04T09:00:00+00:00"},
            "Description": "longer",
            "ModelVariants": [SHADOW],
            "ShadowModeConfig": MODE,
        },
        "StartInferenceExperiment": {"Name": "try"},
        "StopInferenceExperiment": {**STOP, "DesiredModelVariants": [SHADOW], "Reason": "enough"},
        "DeleteInferenceExperiment": {"Name": "try"},
    }

    assert write_plan(read_plan(plan)) == plan
    assert read_plan(plan) != Plan()
