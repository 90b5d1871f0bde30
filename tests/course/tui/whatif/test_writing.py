"""The values of knobs, written into the text of shipped plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.desk import LabDesk
from course.tui.whatif.writing import with_value
from labs.whatif.knobs import knobs
from tests.built_in import PACK
from tests.engine.batch.jobs import part
from tests.labs.tiny import LAB


def comments(text: str) -> list[str]:
    """What follows the signs for comments."""
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


@pytest.mark.parametrize("id", ["first-guarded-update", "more-alarms-safer", "no-room-for-two-fleets"])
def test_every_knob_of_a_plan_can_be_written(id, tmp_path):
    """The text then says exactly the turned plan, though several alarms have a threshold; its comments stay."""
    lab, desk = PACK.lab(id), LabDesk(tmp_path)
    plan = lab.reference
    for knob in knobs(plan.plan, lab.world):
        value = knob.values[0] if knob.values[0] != knob.current else knob.values[-1]
        text = with_value(desk, lab, plan.text, knob, value)
        assert text is not None, knob.id
        assert desk.check(lab, text).plan == knob.turned(value)
        assert comments(text) == comments(plan.text)


LOADS = """\
RegisterScalableTarget:   # bounds
  {ServiceNamespace: sagemaker, ResourceId: endpoint/churn/variant/main, ScalableDimension: SCALED,
   MinCapacity: 2, MaxCapacity: 4}
PutScalingPolicy:
  PolicyName: track
  ServiceNamespace: sagemaker
  ResourceId: endpoint/churn/variant/main
  ScalableDimension: SCALED
  PolicyType: TargetTrackingScaling
  TargetTrackingScalingPolicyConfiguration:
    TargetValue: 300
    PredefinedMetricSpecification: {PredefinedMetricType: SageMakerVariantInvocationsPerInstance}
CreateTransformJob:
  TransformJobName: nightly
  ModelName: v1
  TransformInput: {DataSource: {S3DataSource: {S3DataType: S3Prefix, S3Uri: "s3://lake/in/"}}, SplitType: Line}
  TransformOutput: {S3OutputPath: "s3://lake/out/"}
  TransformResources: {InstanceType: ml.m5.large, InstanceCount: 2}   # machines
""".replace("SCALED", "sagemaker:variant:DesiredInstanceCount")


def test_every_knob_of_a_load_can_be_written(tmp_path):
    """Also what is not there yet and holds AWS's default, such as a cooldown."""
    desk, lab = LabDesk(tmp_path), replace(LAB, world=replace(LAB.world, inputs=(part(),)))
    plan = desk.check(lab, LOADS).plan
    found = knobs(plan, lab.world)

    assert len(found) == 10
    for knob in found:
        value = knob.values[0] if knob.values[0] != knob.current else knob.values[-1]
        text = with_value(desk, lab, LOADS, knob, value)
        assert text is not None, knob.id
        assert desk.check(lab, text).plan == knob.turned(value)
        assert comments(text) == comments(LOADS)


def test_what_cannot_be_written_is_no_text(tmp_path):
    """A plan whose text has no such number has nowhere to write it."""
    lab = PACK.lab("first-guarded-update")
    [knob, *_] = knobs(lab.reference.plan, lab.world)

    assert with_value(LabDesk(tmp_path), lab, "UpdateEndpoint: {EndpointName: churn}\n", knob, knob.values[0]) is None
