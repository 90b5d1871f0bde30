"""The files in docs/replay do what their README says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.cli import main

REPLAY = Path(__file__).parent.parent / "docs" / "replay"


def replayed(capsys, plan=REPLAY / "plan.yaml"):
    """Return what `mlcourse simulate` prints for programs."""
    code = main(["simulate", str(REPLAY / "world.yaml"), str(plan), "--json"])
    printed = capsys.readouterr()

    assert (code, printed.err) == (0, "")
    return json.loads(printed.out)


def test_the_replay_is_the_measured_day(capsys):
    """First traffic at 16:01:13, ALARM at 16:04:10, all traffic back at 16:05:02 (second 0 is 15:53:00)."""
    run = replayed(capsys)
    times = {event["what"]: event["t"] for event in reversed(run["events"])}

    assert run["outcome"] == "rolled-back"
    assert times["UpdateEndpoint"] == 5 * 60 + 6
    assert times["Baking"] == 8 * 60 + 13
    assert times["ALARM"] == 11 * 60 + 10
    assert times["TrafficRestored"] == pytest.approx(12 * 60 + 2)


def test_ten_seconds_less_of_bake(capsys, tmp_path):
    """With a bake of 170 s the broken model gets all the traffic before the alarm fires."""
    hurried = tmp_path / "plan.yaml"
    text = (REPLAY / "plan.yaml").read_text()
    hurried.write_text(text.replace("WaitIntervalInSeconds: 180", "WaitIntervalInSeconds: 170"))
    failed = [replayed(capsys, plan)["totals"]["errors_4xx"] for plan in (REPLAY / "plan.yaml", hurried)]

    assert failed[1] > failed[0]
