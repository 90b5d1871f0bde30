"""A plan taken home as a script, and run by bash and the `aws` command or by Python, as they are installed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from course.content.files.plan import check_plan
from engine.simulate import simulate
from tests.built_in import PACK
from tests.course.cli.conftest import LAB

SEED = 5
PLAN = """
PutMetricAlarm:
  AlarmName: errors
  Namespace: AWS/SageMaker
  MetricName: Invocation5XXErrors
  Dimensions:
    - {Name: EndpointName, Value: churn}
    - {Name: VariantName, Value: main}
  Statistic: Average
  Period: 60
  EvaluationPeriods: 1
  Threshold: 0.05
  ComparisonOperator: GreaterThanThreshold
  TreatMissingData: notBreaching
Later:
  - AfterSeconds: 300
    If: {AlarmName: errors, StateValue: OK}
    SetAlarmState: {AlarmName: errors, StateValue: ALARM, StateReason: a drill}
  - AfterSeconds: 360
    Unless:
      MetricStat:
        Metric:
          Namespace: AWS/SageMaker
          MetricName: Invocations
          Dimensions:
            - {Name: EndpointName, Value: churn}
            - {Name: VariantName, Value: main}
        Period: 60
        Stat: Sum
      ComparisonOperator: LessThanThreshold
      Threshold: 1
    UpdateEndpoint: {EndpointName: churn, EndpointConfigName: churn-v2}
"""


bash = pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "darwin", reason="needs bash and GNU date")


@pytest.mark.parametrize(
    "form, runner", [pytest.param("cli", ("bash", "-e"), marks=bash), ("boto3", (sys.executable,))]
)
def test_a_script(mlcourse, monkeypatch, tmp_path, form, runner):
    """What `lab export` writes, `serve` runs: with sleeps, dates, an alarm's state and a metric's value."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    exported = mlcourse("lab", "export", LAB, "plan.yaml", "--as", form)
    (tmp_path / "script").write_text(exported.out, encoding="utf-8")
    where = ("--lab", LAB, "--release", "1", "--seed", str(SEED))
    found = mlcourse("serve", *where, "--json", "--", *runner, "script")
    told = [json.loads(line) for line in found.err.splitlines()]
    lab = PACK.lab(LAB)
    plan = check_plan(PLAN, lab.world).plan
    batch = simulate(lab.world_with(lab.releases[0]), plan, SEED, series=False)

    assert (exported.code, found.code) == (0, 0), found.err
    asked = [(each["t"], each["operation"], each["status"]) for each in told if each["kind"] == "request"]
    assert list(dict.fromkeys(asked)) == [
        (306.0, "PutMetricAlarm", 200),
        (606.0, "DescribeAlarms", 200),
        (606.0, "SetAlarmState", 200),
        (666.0, "GetMetricData", 200),
        (666.0, "UpdateEndpoint", 200),
    ]
    heard = [(each["t"], each["what"], each["say"]) for each in told if each["kind"] == "event"]
    assert len(heard) > 5
    assert heard == [
        (each.t, each.what, each.say) for each in batch.events if each.t <= heard[-1][0] and each.what != "Condition"
    ]
