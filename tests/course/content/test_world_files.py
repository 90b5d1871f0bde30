"""Worlds: AWS requests and engine values in one file, each mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.files.world import WORLD_READERS, load_world_file
from course.content.schema.build import build
from course.content.yaml.document import Complaints
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from engine.batch.objects import S3Objects
from engine.catalogue.hardware import Hardware
from engine.traffic.workload import Bursts, BusinessOutcome
from engine.world import World

WORLD = """\
endpoint: {EndpointName: churn, EndpointConfigName: v1, InstanceCounts: {main: 3}, Weights: {main: 2}}
configs:
  - EndpointConfigName: v1
    ProductionVariants:
      - {VariantName: main, ModelName: old, InstanceType: ml.m5.large, InitialInstanceCount: 2}
models:
  old: {service: {mean_ms: 40}, faults: [{kind: leak, requests: 100}]}
workload: {rate: 20, shape: {kind: bursts, times: 3, every_s: 600, lasts_s: 60}, target_variants: {main: 0.5}}
alarms:
  - AlarmName: errors
    Namespace: AWS/SageMaker
    MetricName: Invocation5XXErrors
    Statistic: Sum
    Period: 60
    EvaluationPeriods: 1
    Threshold: 5
    ComparisonOperator: GreaterThanThreshold
timing: {provision_s: 100}
"""


ABSENT = WORLD.replace("EndpointConfigName: v1, InstanceCounts: {main: 3}, Weights: {main: 2}", "Exists: false")


def read(text: str) -> World:
    """The world of a text."""
    complaints = Complaints(read_yaml(text, "w.yaml"))
    return complaints.settle(build(World, complaints.document.data, complaints, readers=WORLD_READERS))


def said(text: str) -> list[str]:
    """What is wrong with a world."""
    with pytest.raises(ContentError) as caught:
        read(text)
    return [str(problem).removeprefix("w.yaml:") for problem in caught.value.problems]


OTHERS = """
other_endpoints:
  - endpoint: {EndpointName: churn-eu, EndpointConfigName: v1}
    workload: {rate: 3}
    slo: {latency_ms: 300}
  - endpoint: {EndpointName: churn-us, Exists: false}
    workload: {rate: 1}
"""


def test_other_endpoints_are_written_like_the_first() -> None:
    """With callers of their own, there from the start or not yet."""
    there, absent = read(WORLD + OTHERS).other_endpoints

    assert (there.endpoint.endpoint_name, there.endpoint.endpoint_config_name) == ("churn-eu", "v1")
    assert (there.workload.rate, there.slo.latency_ms) == (3, 300)
    assert not absent.endpoint.exists


@pytest.mark.parametrize(
    ("old", "new", "say"),
    [
        ("churn-eu, EndpointConfigName: v1", "churn-eu, EndpointConfigName: v9", "endpoint of 'churn-eu' uses"),
        ("churn-us", "churn-eu", "name the endpoint 'churn-eu' twice"),
        ("rate: 3}", "rate: 3, target_variants: {other: 1.0}}", "workload of 'churn-eu' names variant 'other'"),
        ("churn-us, Exists: false", "churn-us", "`EndpointConfigName` is missing"),
    ],
)
def test_what_is_wrong_with_another_endpoint(old: str, new: str, say: str) -> None:
    """Each at its place in the file."""
    assert any(say in each for each in said(WORLD + OTHERS.replace(old, new)))


@pytest.mark.parametrize(("prices", "told"), [("", 1), ("prices_per_hour: {ml.m4.xlarge: 0.28}", 0)])
def test_an_unknown_price_is_told_of_a_world(tmp_path, prices, told):
    """At its place in the file, unless the world gives it (spec inference 6.1)."""
    path, remarks = tmp_path / "world.yaml", []
    path.write_text(f"format: 1\n{WORLD.replace('ml.m5.large', 'ml.m4.xlarge')}{prices}\n")
    load_world_file(path, remarks.append)

    assert [":6:45: What ml.m4.xlarge costs is not known here" in str(each) for each in remarks] == [True] * told


def test_objects_of_s3_are_read():
    """How many records of which size lie below a prefix, and when the outputs of jobs are needed."""
    stored = '{prefix: "s3://lake/in/", count: 4, records: 1000, record_bytes: 200, bad_records: 1}'
    world = read(f"{WORLD}inputs: [{stored}]\ntransform_deadline_s: 3600\n")

    assert world.inputs == (S3Objects(prefix="s3://lake/in/", count=4, records=1000, record_bytes=200, bad_records=1),)
    assert world.transform_deadline_s == 3600


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ('{prefix: "lake/in/", records: 9, record_bytes: 200}', "must begin with s3://, got 'lake/in/'"),
        ('{prefix: "s3://in", records: 9, record_bytes: 0}', "must be above 0 and at most 1e+09, got 0"),
        ('{prefix: "s3://in", records: 9, record_bytes: 9, bad_records: 10}', "at most the 9 records of an object"),
        ('{prefix: "s3://in", record_bytes: 9}', "`records` is missing"),
        (", ".join(['{prefix: "s3://in", records: 9, record_bytes: 9}'] * 2), "name the prefix 's3://in' twice"),
    ],
)
def test_objects_that_cannot_be(stored, words):
    """Each mistake at its place, with what would be right."""
    [problem] = said(f"{WORLD}inputs: [{stored}]\n")

    assert words in problem


def test_a_world_is_read_from_requests_and_values():
    """Endpoint, configurations and alarms are in AWS's words, the rest in the engine's."""
    world = read(WORLD)

    assert world.endpoint.instance_counts == {"main": 3}
    assert world.configs[0].production_variants[0].initial_instance_count == 2
    assert world.workload.shape == Bursts(times=3, every_s=600, lasts_s=60)
    assert world.workload.target_variants == (("main", 0.5),)
    assert world.alarms[0].threshold == 5
    assert world.timing.provision_s == 100
    assert world.duration_s == 3600


def test_the_last_deployment_config_is_a_request_too():
    """RetainDeploymentConfig needs to know it, and AWS's rules hold for it."""
    policy = "{RollingUpdatePolicy: {MaximumBatchSize: {Type: INSTANCE_COUNT, Value: 1}, WaitIntervalInSeconds: 60}}"
    text = WORLD.replace("Weights: {main: 2}", f"LastDeploymentConfig: {policy}")
    world = read(text)

    assert world.endpoint.last_deployment_config is not None
    assert world.endpoint.last_deployment_config.rolling_update_policy is not None
    assert said(text.replace("Value: 1", "Valu: 1"))[0].startswith("1:")


def test_a_world_may_begin_without_its_endpoint():
    """A plan then creates it; the name is known all the same."""
    world = read(ABSENT)

    assert (world.endpoint.endpoint_name, world.endpoint.exists) == ("churn", False)


def test_what_does_not_exist_has_nothing():
    """Each key that says otherwise is named, and so is a target that is registered already."""
    there = WORLD.replace("EndpointName: churn", "EndpointName: churn, Exists: false", 1)
    target = "ResourceId: endpoint/churn/variant/main, ScalableDimension: sagemaker:variant:DesiredInstanceCount"
    scaled = f"{ABSENT}scalable_targets: [{{ServiceNamespace: sagemaker, {target}, MinCapacity: 1, MaxCapacity: 2}}]\n"

    assert said(there) == [
        "1:48: an endpoint that does not exist yet has no `EndpointConfigName`; take it out",
        "1:72: an endpoint that does not exist yet has no `InstanceCounts`; take it out",
        "1:99: an endpoint that does not exist yet has no `Weights`; take it out",
    ]
    [problem] = said(scaled)
    assert "name 'endpoint/churn/variant/main', known: []" in problem


WRONG = [
    pytest.param(
        "EndpointConfigName: v1, I",
        "I",
        "1:1: `EndpointConfigName` is missing; add it here, or write `Exists: false` for an endpoint that a plan"
        " creates",
        id="no configuration",
    ),
    pytest.param(
        "rate: 20", "rate: 1e9", "8:18: `rate` must be at least 0 and at most 100000, got 1000000000.0", id="rate"
    ),
    pytest.param(
        "mean_ms: 40", "mean_ms: -4", "7:28: `mean_ms` must be above 0 and at most 900000, got -4", id="negative"
    ),
    pytest.param(
        "provision_s: 100",
        "provision_s: .nan",
        "18:23: .nan is no number that can be used; give a finite one",
        id="NaN",
    ),
    pytest.param("kind: leak", "kind: leek", "7:49: `kind` is the text 'leek'; did you mean leak?", id="fault"),
    pytest.param(
        "EndpointConfigName: v1, I",
        "EndpointConfigName: v2, I",
        "1:53: `EndpointConfigName` names 'v2', which does not exist; known here: v1",
        id="configuration",
    ),
    pytest.param(
        "ModelName: old",
        "ModelName: new",
        "5:40: `ModelName` names 'new', which does not exist; known here: old",
        id="model",
    ),
    pytest.param("Counts: {main", "Counts: {man", "1:74: no variant is called man; did you mean main?", id="variant"),
    pytest.param(
        "variants: {main", "variants: {other", "8:100: no variant is called other; known here: main", id="target"
    ),
    pytest.param(
        "Counts: {main: 3", "Counts: {main: -4", "1:80: `main` must be at least 0 and at most 1000, got -4", id="count"
    ),
    pytest.param(
        "Weights: {main: 2",
        "Weights: {main: -0.5",
        "1:100: `main` must be at least 0 and at most 3.4e+38, got -0.5",
        id="weight",
    ),
    pytest.param(
        "timing:",
        "prices_per_hour: {ml.m5.large: 1, ml.m5.xlarge: -1}\ntiming:",
        "18:49: `ml.m5.xlarge` must be at least 0 and at most 100000, got -1",
        id="price",
    ),
    pytest.param("timing:", "timings:", "18:1: unknown key 'timings'; did you mean timing?", id="unknown key"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), WRONG)
def test_mistakes_have_their_places(old, new, complaint):
    """Bounds, names and keys, with the nearest right thing."""
    assert WORLD.count(old) == 1
    assert said(WORLD.replace(old, new)) == [complaint]


def test_aws_judges_its_own_requests():
    """An unknown parameter of a request points at its key, as in a plan."""
    [complaint] = said(WORLD.replace("Threshold: 5", "Treshold: 5").replace("    Statistic: Sum\n", ""))[:1]

    assert complaint.startswith("15:5: Unknown parameter")


def test_all_mistakes_of_a_world_come_at_once():
    """Requests and values are read side by side."""
    text = WORLD.replace("rate: 20", "rate: -1").replace("Period: 60", "Period: x").replace("InitialI", "Initiall")
    lines = {complaint.split(":")[0] for complaint in said(text)}

    assert lines == {"5", "8", "14"}


def test_a_wrong_value_hides_no_wrong_name():
    """Configurations, models and variants are looked up although the world cannot be built."""
    text = WORLD.replace("mean_ms: 40", "mean_ms: -4").replace("EndpointConfigName: v1, I", "EndpointConfigName: v2, I")
    text = text.replace("ModelName: old", "ModelName: new").replace("{main: 0.5}", "{main: 1.5}")
    text = text.replace("rate: 20", "rate: -1")

    assert said(text) == [
        "1:53: `EndpointConfigName` names 'v2', which does not exist; known here: v1",
        "5:40: `ModelName` names 'new', which does not exist; known here: old",
        "7:28: `mean_ms` must be above 0 and at most 900000, got -4",
        "8:18: `rate` must be at least 0 and at most 100000, got -1",
        "8:99: `target_variants` must be shares from 0 to 1 that add up to at most 1, got [1.5]",
    ]


def test_names_are_not_looked_up_where_nobody_knows_them_all():
    """A configuration without a name may be the one that is meant, and a list of models may be meant as a mapping."""
    text = WORLD.replace("  - EndpointConfigName: v1", "  - EndpointConfigNam: v1").replace("  old: {s", "  - {s")

    assert not [complaint for complaint in said(text) if "does not exist" in complaint or "no variant" in complaint]


def test_a_world_file_says_its_format(tmp_path: Path):
    """`mlcourse simulate` reads the keys of a lab's world after `format: 1`."""
    path = tmp_path / "world.yaml"
    path.write_text("format: 1\n" + WORLD)

    assert load_world_file(path, pytest.fail) == read(WORLD)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (WORLD, "1:1: `format` is missing; add it here, it must be 1"),
        ("format: 2\n" + WORLD, "1:9: `format` is the number 2; it must be 1"),
        ("format: true\n" + WORLD, "1:9: `format` is true; it must be 1"),
        ("5\n", "1:1: this is the number 5; it must be a mapping"),
    ],
    ids=["none", "two", "true", "no mapping"],
)
def test_another_format_is_refused(tmp_path: Path, text, complaint):
    """A file of a later program is not read by guessing; the message names the file as it was given."""
    path = tmp_path / "world.yaml"
    path.write_text(text)

    with pytest.raises(ContentError) as caught:
        load_world_file(path, pytest.fail)
    assert str(caught.value) == f"{path.as_posix()}:{complaint}"


COUNTED = WORLD.replace(
    "workload: {rate: 20", "workload: {outcome: {name: Orders, base_rate: 0.05}, users: 500, rate: 20"
)


def test_an_outcome_is_read_and_may_be_watched(tmp_path):
    """What answers lead to, what a model converts, and who asks; an alarm on it has data, so nothing is remarked."""
    text = COUNTED.replace("{service: {mean_ms: 40}", "{converts: 0.06, service: {mean_ms: 40}")
    path = tmp_path / "world.yaml"
    path.write_text("format: 1\n" + text.replace("AWS/SageMaker", "Business").replace("Invocation5XXErrors", "Orders"))
    world = load_world_file(path, pytest.fail)

    assert world.workload.outcome == BusinessOutcome(name="Orders", base_rate=0.05, namespace="Business")
    assert (world.workload.users, world.models["old"].converts) == (500, 0.06)


def test_what_is_wrong_with_an_outcome():
    """At its place."""
    assert said(COUNTED.replace("base_rate: 0.05", "base_rate: 5"))[0].startswith(
        "8:47: `base_rate` must be at least 0"
    )
    assert "which is one of SageMaker" in said(COUNTED.replace("Orders", "Invocations"))[0]
    assert (
        "has no outcome" in said(WORLD.replace("{service: {mean_ms: 40}", "{converts: 0.06, service: {mean_ms: 40}"))[0]
    )


SCALED = f"""{WORLD}
scalable_targets:
  - {{ServiceNamespace: sagemaker, ResourceId: endpoint/churn/variant/main,
     ScalableDimension: "sagemaker:variant:DesiredInstanceCount", MinCapacity: 1, MaxCapacity: 8}}
scaling_policies:
  - PolicyName: track
    ServiceNamespace: sagemaker
    ResourceId: endpoint/churn/variant/main
    ScalableDimension: "sagemaker:variant:DesiredInstanceCount"
    PolicyType: TargetTrackingScaling
    TargetTrackingScalingPolicyConfiguration:
      TargetValue: 300
      PredefinedMetricSpecification: {{PredefinedMetricType: SageMakerVariantInvocationsPerInstance}}
"""


def test_a_world_may_scale():
    """What is registered before the run is a request too, and AWS judges it."""
    world = read(SCALED)

    assert (world.scalable_targets[0].max_capacity, world.scaling_policies[0].policy_name) == (8, "track")
    assert "Maximum capacity cannot be less" in said(SCALED.replace("MinCapacity: 1", "MinCapacity: 9"))[0]
    assert "known: ['endpoint/churn/variant/main']" in said(SCALED.replace("variant/main", "variant/other"))[0]


def test_a_world_brings_types_of_instances(tmp_path):
    """One that the catalogue has not, and one that it has: what is not said stays as it was (spec inference 6.1)."""
    types = "instance_types: {ml.x9.huge: {vcpus: 96, gpus: 8, memory_gib: 1152}, ml.m5.large: {vcpus: 3}}"
    world = read(f"{WORLD}{types}\n")

    assert world.hardware("ml.x9.huge") == Hardware(vcpus=96, gpus=8, memory_gib=1152.0)
    assert world.hardware("ml.m5.large") == Hardware(vcpus=3, gpus=0, memory_gib=8)
    assert said(f"{WORLD}{types.replace('gpus: 8', 'gpus: -1')}\n") == [
        "19:48: `gpus` must be at least 0 and at most 64, got -1"
    ]


MEASURED = WORLD.replace("ml.m5.large", "ml.g4dn.xlarge").replace("mean_ms: 40", "curve: bert-base-128-t4-fp16")


def test_a_model_may_be_as_fast_as_one_was_measured():
    """Named by its curve; with one worker it takes what was measured at one (spec inference 6.2)."""
    assert read(MEASURED).models["old"].mean_ms == 13.9


CURVES = [
    pytest.param(
        "ml.g4dn.xlarge",
        "ml.m5.large",
        "5:59: the curve 'bert-base-128-t4-fp16' was measured on ml.g4dn.xlarge, and the model runs on 'ml.m5.large'; "
        "use ml.g4dn.xlarge, or give the model a mean_ms instead of the curve",
        id="another type",
    ),
    pytest.param(
        "InstanceType: ml.g4dn.xlarge, InitialInstanceCount: 2",
        "ServerlessConfig: {MemorySizeInMB: 2048, MaxConcurrency: 5}",
        "5:63: the curve 'bert-base-128-t4-fp16' was measured on ml.g4dn.xlarge, and the model runs in serverless "
        "environments; use ml.g4dn.xlarge, or give the model a mean_ms instead of the curve",
        id="serverless",
    ),
    pytest.param(
        "t4-fp16}", "t4}", "7:26: `curve` names 'bert-base-128-t4', which nobody measured; known: ", id="name"
    ),
    pytest.param("curve:", "mean_ms: 5, curve:", "7:38: `curve` stands beside mean_ms 5; leave one", id="both"),
    pytest.param(
        "curve: bert-base-128-t4-fp16", "cv: 0.2", "7:18: `mean_ms` is missing; add it here, it must be", id="none"
    ),
    pytest.param("fp16}", "fp16, sequence: 8}", "7:59: `sequence` means nothing to 'bert-base-128-t4", id="sequence"),
    pytest.param(
        "fp16}", "fp16}, workers: 9", "7:59: `workers` must be what 'bert-base-128-t4-fp16' was measured", id="workers"
    ),
    pytest.param(
        "base-128-t4", "base-128-a100", "7:26: `curve` 'bert-base-128-a100-fp16' was measured on a", id="part"
    ),
    pytest.param(
        "bert-base-128-t4-fp16", "distilbert-c6i-plain", "7:18: `sequence` must lie within the 8 to 512", id="tokens"
    ),
]


@pytest.mark.parametrize(("old", "new", "complaint"), CURVES)
def test_mistakes_with_curves_have_their_places(old, new, complaint):
    """And say what would be right (spec inference 6.2)."""
    text = MEASURED.replace("InstanceCounts: {main: 3}, ", "") if "Serverless" in new else MEASURED
    if "distilbert" in new:
        text = text.replace("ml.g4dn.xlarge", "ml.c6i.xlarge")
    complaints = said(text.replace(old, new))

    assert complaint in complaints[0]
    assert len(complaints) == 1
