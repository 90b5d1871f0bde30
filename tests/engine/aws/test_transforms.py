"""Batch transform as AWS's client, its service and a colleague see it (spec sagemaker 8, inference 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.takeaway.forms import as_boto3, as_cli, as_cloudformation
from engine.aws.translation.reading import read_plan
from engine.batch.objects import S3Objects
from engine.serving.faults import Errors
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.world import World
from tests.engine.aws.examples import alarm, transform
from tests.engine.aws.worlds import world

LINES = (S3Objects(prefix="s3://lake/in/part-", count=8, records=50_000, record_bytes=200),)
IMAGES = (S3Objects(prefix="s3://lake/in/image-", count=1000, records=1, record_bytes=50_000),)
JOINED = {"JoinSource": "Input"}
STOP = {"StopTransformJob": {"TransformJobName": "nightly"}}


def lake(inputs: tuple[S3Objects, ...] = LINES, **fields: Any) -> World:
    """Return the world with objects in S3."""
    return world(inputs=inputs, **fields)


def later(plan: dict[str, Any], after_s: float = 9) -> list[dict[str, Any]]:
    return [{"AfterSeconds": after_s, **plan}]


@pytest.mark.parametrize(
    ("plan", "severity", "words"),
    [
        ({"MaxPayloadInMB": -1}, "client", "-1"),
        ({"ModelClientConfig": {"InvocationsTimeoutInSeconds": 0}}, "client", "0"),
        ({"ModelClientConfig": {"InvocationsMaxRetries": -1}}, "client", "-1"),
        ({"TransformResources__InstanceCount": 0}, "client", "0"),
        ({"SplitType": "Line"}, "client", "SplitType"),
        ({"Environment": {"WORKERS": 4}}, "client", "Environment"),
        ({"TransformJobName": None}, "client", "TransformJobName"),
        ({"MaxPayloadInMB": 101}, "service", "MaxPayloadInMB is at most 100, got 101"),
        ({"ModelClientConfig": {"InvocationsTimeoutInSeconds": 3601}}, "service", "less than or equal to 3600"),
        ({"ModelClientConfig": {"InvocationsMaxRetries": 4}}, "service", "less than or equal to 3"),
        ({"BatchStrategy": "MULTI_RECORD"}, "service", "Write MultiRecord"),
        ({"DataProcessing": {"JoinSource": "Output"}}, "service", "enum value set"),
        ({"DataProcessing": {"InputFilter": "$" + "[0]" * 21}}, "service", "length less than or equal to 63"),
        ({"DataProcessing": {"InputFilter": "$[1"}}, "service", "cannot be read"),
        ({"TransformResources__InstanceCount": 101}, "service", "at most 100 instances, got 101"),
        ({"MaxConcurrentTransforms": 20}, "service", "got 20 x 6 = 120. Write 16, or MaxPayloadInMB 5."),
        (
            {"MaxConcurrentTransforms": 101, "MaxPayloadInMB": 1},
            "service",
            "got 101 x 1 = 101. Write 100.",
        ),
        ({"BatchStrategy": "MultiRecord", "TransformInput__SplitType": "None"}, "service", "needs SplitType Line"),
        ({"DataProcessing": JOINED, "TransformOutput__AssembleWith": "None"}, "service", "got Line and None"),
        ({"TransformInput__DataSource__S3DataSource__S3DataType": "ManifestFile"}, "not-simulated", "Write S3Prefix"),
        ({"TransformInput__DataSource__S3DataSource__S3DataType": "AugmentedManifestFile"}, "service", "S3Prefix"),
    ],
)
def test_who_refuses_it(plan: dict[str, Any], severity: str, words: str) -> None:
    """Client or service, with what would be right; without a world too (spec inference 5)."""
    for where in (None, lake()):
        [said] = [finding for finding in check(transform(**plan), where) if finding.stops]

        assert said.severity == severity
        assert words in said.say


@pytest.mark.parametrize(
    "plan",
    [
        {"MaxConcurrentTransforms": 16},
        {"MaxConcurrentTransforms": 1, "MaxPayloadInMB": 100},
        {"MaxConcurrentTransforms": 4, "MaxPayloadInMB": 0},
        {"MaxConcurrentTransforms": 0, "MaxPayloadInMB": 100},
        {"DataProcessing": {"InputFilter": "$[1:]", "OutputFilter": "$[0,-1]", **JOINED}},
        {"BatchStrategy": "SingleRecord"},
        {"TransformInput__SplitType": "None", "TransformOutput__AssembleWith": None},
    ],
)
def test_what_the_service_takes(plan: dict[str, Any]) -> None:
    """At the very limit, and with the documented filters (spec inference 5)."""
    assert [finding for finding in check(transform(**plan), lake()) if finding.stops] == []


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("model", transform(ModelName="churn-v9"), 'model "arn:aws:sagemaker:us-east-1:111122223333:model/churn-v9"'),
    ("name-taken", {**transform(), "Later": later(transform())}, "exists already"),
    (
        "name-taken-in-other-letters",
        {
            **transform(),
            "Later": later(transform(TransformJobName=transform()["CreateTransformJob"]["TransformJobName"].upper())),
        },
        "exists already",
    ),
    ("product", transform(MaxConcurrentTransforms=20), "is at most 100 MB, got 20 x 6 = 120"),
    ("no-such-job", STOP, 'Could not find transform job "arn:aws:sagemaker:us-east-1:111122223333:transform-job/'),
    (
        "stopped-twice",
        {**transform(), "Later": [*later(STOP), *later(STOP, 30)]},
        "Only a transform job in progress can be stopped",
    ),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_check_and_the_run_say_the_same(plan: dict[str, Any], words: str) -> None:
    """One list of refusals for both (spec inference 5)."""
    where = lake()
    [said] = [finding.say for finding in check(plan, where) if finding.stops]
    events = simulate(replace(where, duration_s=600.0, update_at_s=0.0), read_plan(plan), 1).events
    [answer] = [event.say for event in events if event.is_refusal]

    assert words in said
    assert said.startswith(answer)


def advice(plan: dict[str, Any], where: World) -> list[str]:
    """Return what a colleague says of a plan that AWS takes."""
    found = check(plan, where)
    assert not [finding for finding in found if finding.stops]
    return [finding.say for finding in found]


MODEL = Model(service=ServiceTime(mean_ms=1.2), workers=4)
ADVICE: list[tuple[str, dict[str, Any], World, str]] = [
    ("no-objects", {}, lake(()), "No object begins with s3://lake/in/"),
    (
        "one-big-object",
        {},
        lake((S3Objects(prefix="s3://lake/in/all", records=400_000, record_bytes=200),)),
        "There is 1 object, and an object is worked on by one instance: 3 of 4 instances are paid",
    ),
    (
        "tiny-objects",
        {"TransformInput__SplitType": None, "TransformOutput__AssembleWith": None},
        lake(IMAGES).with_model("churn-v1", replace(MODEL, workers=1)),
        "99 % of the work is sending them. Put the records as lines into a few large objects",
    ),
    (
        "record-by-record",
        {"BatchStrategy": "SingleRecord"},
        lake().with_model("churn-v1", replace(MODEL, workers=1)),
        "With BatchStrategy: MultiRecord each holds as many as fit",
    ),
    (
        "idle-workers",
        {"MaxPayloadInMB": 1},
        lake().with_model("churn-v1", MODEL),
        "has 4 workers, and 1 request at a time keeps 1 busy. Write MaxConcurrentTransforms: 4.",
    ),
    (
        "too-large-whole",
        {"TransformInput__SplitType": None, "TransformOutput__AssembleWith": None},
        lake(),
        "8 of 8 objects are above 6 MB",
    ),
    (
        "too-large-records",
        {"TransformResources__InstanceCount": 1},
        lake((S3Objects(prefix="s3://lake/in/x", records=2, record_bytes=7e6),)),
        "A record is above 6 MB in 1 of 1 objects",
    ),
    (
        "too-slow",
        {},
        lake((S3Objects(prefix="s3://lake/in/x", count=4, records=20_000, record_bytes=9),)),
        "A request of 20,000 records takes about 800 s, and is given up after 600.",
    ),
    ("deadline", {}, lake(transform_deadline_s=600), "its outputs are needed after 10."),
    (
        "no-price",
        {"TransformResources__InstanceType": "ml.m4.16xlarge"},
        lake(),
        "What ml.m4.16xlarge costs is not known here",
    ),
    (
        "faults",
        {},
        lake().with_model("churn-v1", replace(MODEL, faults=(Errors(rate=0.5),))),
        "What is wrong with churn-v1 (errors) is not simulated in a batch",
    ),
]


@pytest.mark.parametrize(("fields", "where", "words"), [row[1:] for row in ADVICE], ids=[row[0] for row in ADVICE])
def test_where_people_err(fields: dict[str, Any], where: World, words: str) -> None:
    """What AWS takes and that fails, waits or wastes instances, is told (spec inference 5)."""
    assert [say for say in advice(transform(**fields), where) if words in say]


def test_a_good_job_is_left_in_peace() -> None:
    """Lines in as many objects as instances can share, and a plan without an update is fine with a job in it."""
    assert advice(transform(MaxPayloadInMB=1), lake(transform_deadline_s=36_000)) == []


def test_the_advice_holds() -> None:
    """More instances than objects save nothing; cut into as many objects, they do."""

    def ends(count: int, objects: int) -> float:
        stored = (S3Objects(prefix="s3://lake/in/", count=objects, records=4000 // objects, record_bytes=200),)
        plan = read_plan(transform(TransformResources__InstanceCount=count))
        run = simulate(lake(stored, duration_s=900.0, update_at_s=0.0), plan, 1)
        return next(event.t for event in reversed(run.events) if event.what == "TransformJob")

    assert ends(4, 1) == ends(1, 1)
    assert ends(4, 4) < ends(1, 1) - 60


def test_a_plan_to_take_away() -> None:
    """As commands and as Python; a template holds no jobs."""
    plan = {**transform(), "Later": later(STOP)}

    assert "aws sagemaker create-transform-job" in as_cli(plan)
    assert "sagemaker.create_transform_job(" in as_boto3(plan)
    assert "# Not in this template: CreateTransformJob" in as_cloudformation(plan)


def test_metrics_of_jobs_are_no_mistaken_ones_of_endpoints() -> None:
    """AWS publishes them under names that endpoints have too: they are not simulated, and nothing else is said."""
    of_host = [{"Name": "Host", "Value": "nightly/i-1"}]
    plan = alarm(Namespace="/aws/sagemaker/TransformJobs", MetricName="CPUUtilization", Dimensions=of_host)
    told = [each for each in check(plan, world()) if "UpdateEndpoint" not in each.say]

    assert [each.severity for each in told] == ["not-simulated"]
    assert "are not simulated" in told[0].say
