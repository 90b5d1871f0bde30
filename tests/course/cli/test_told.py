"""Every command that runs a plan tells on stderr what `lab check` tells, and of a world what is not simulated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.cli.conftest import LAB

REPLAY = Path(__file__).parents[3] / "docs" / "replay"
CAPTURE = (
    "DataCaptureConfig: {InitialSamplingPercentage: 100, DestinationS3Uri: s3://b,"
    " CaptureOptions: [{CaptureMode: Input}]}"
)


@pytest.fixture
def careless(plan_file):
    """A plan that AWS accepts, and that only its first release lets through."""
    return plan_file("start.yaml")


@pytest.mark.parametrize("command", [("run",), ("grade", "--seeds", "1", "--workers", "1", "--no-record")])
def test_a_lab_tells_what_its_check_tells(mlcourse, careless, command):
    """Advice is the same, whatever is done with the plan; what is printed on stdout stays as it was."""
    checked = mlcourse("lab", "check", LAB, careless).out.splitlines()
    done = mlcourse("lab", command[0], LAB, careless, *command[1:], "--json")

    assert checked
    assert done.err.splitlines() == checked
    assert done.json


def test_simulate_tells_too(mlcourse):
    """Any world, any plan."""
    world, plan = str(REPLAY / "world.yaml"), str(REPLAY / "plan.yaml")
    checked = mlcourse("simulate", "--check", world, plan)
    run = mlcourse("simulate", world, plan, "--json")

    assert checked.code == 1
    assert run.err.splitlines() == checked.out.splitlines() != []
    assert run.json["totals"]["requests"] > 0


def test_check_prints_for_programs(mlcourse):
    """As `lab check` does."""
    world, plan = str(REPLAY / "world.yaml"), str(REPLAY / "plan.yaml")
    printed = mlcourse("simulate", "--check", world, plan, "--json").json

    assert printed["ok"] is True
    assert {finding["severity"] for finding in printed["findings"]} == {"advice"}


@pytest.mark.parametrize("asked", [CAPTURE])
@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_world_says_what_is_left_out(mlcourse, tmp_path, asked, check):
    """Data capture of a configuration, at its line."""
    text = (REPLAY / "world.yaml").read_text()
    (tmp_path / "world.yaml").write_text(text.replace(NAME, f"{NAME}\n    {asked}", 1))
    line = text[: text.index(NAME)].count("\n") + 2

    run = mlcourse("simulate", *check, str(tmp_path / "world.yaml"), str(REPLAY / "plan.yaml"))

    field = asked.split(":")[0]
    assert [said for said in run.err.splitlines() if f"world.yaml:{line}:5: AWS acts on {field}" in said]


NAME = "  - EndpointConfigName: xgb-v1"
INSTANCES = "InstanceType: ml.m5.xlarge, InitialInstanceCount: 2"


def test_a_serverless_world_has_no_guardrails(mlcourse, tmp_path):
    """It is run, and its plan told what serverless endpoints do not take."""
    text = (REPLAY / "world.yaml").read_text()
    serverless = text.replace(INSTANCES, "ServerlessConfig: {MemorySizeInMB: 2048, MaxConcurrency: 5}", 1)
    (tmp_path / "world.yaml").write_text(serverless)

    run = mlcourse("simulate", str(tmp_path / "world.yaml"), str(REPLAY / "plan.yaml"))

    assert run.code == 1
    assert "not for serverless ones" in run.out + run.err


def test_what_is_not_simulated_has_its_own_words(mlcourse, tmp_path):
    """Nobody says that AWS refuses it, and nothing is run."""
    (tmp_path / "plan.yaml").write_text("PutAnomalyDetector: {Namespace: mine}\n")
    run = mlcourse("simulate", str(REPLAY / "world.yaml"), "plan.yaml")

    assert run.code == 1
    assert "plan.yaml:1:1: not simulated here: PutAnomalyDetector" in run.err
    assert "asks for what is not simulated, so there is nothing to run" in run.err
