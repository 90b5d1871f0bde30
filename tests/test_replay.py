"""The files in docs/replay do what their README says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from course.cli import main

REPLAY = Path(__file__).parent.parent / "docs" / "replay"


def replayed(capsys, plan=REPLAY / "plan.yaml"):
    """Return what `mlcourse simulate` prints for programs."""
    code = main(["simulate", str(REPLAY / "world.yaml"), str(plan), "--json"])
    printed = capsys.readouterr()

    assert code == 0
    assert all("accepted, but" in line for line in printed.err.splitlines())
    return json.loads(printed.out)


def clock(t):
    """Return a second of the run as the page writes it."""
    return datetime.fromtimestamp(START + t, UTC).strftime("%H:%M:%S")


START = datetime(2024, 3, 21, 15, 53, tzinfo=UTC).timestamp()


def points(run, name, stat, config="xgb-v2"):
    """Return the points of a metric of one fleet, by minute."""
    dimensions = {"EndpointName": "xgb", "VariantName": "AllTraffic", "EndpointConfigName": config}
    found = [m["points"] for m in run["metrics"] if (m["name"], m["stat"], m["dimensions"]) == (name, stat, dimensions)]
    return found[0]


def rows(run):
    """Return what the page's last column has to say, row by row."""
    times = {event["what"]: event["t"] for event in reversed(run["events"])}
    states = [clock(change["t"]) for change in run["alarms"]]
    failed = points(run, "Invocation4XXErrors", "Sum")[8:13]
    old = points(run, "Invocations", "Sum", "xgb-v1")
    share = sum(failed[1:4]) / sum(failed[1:4] + old[9:12])
    firsts, laters = zip(*((p[8], fmean(p[9:12])) for p in (points(run, n, "Average") for n in LATENCIES)), strict=True)
    return [
        clock(times["UpdateEndpoint"]),
        str(run["totals"]["requests"]),
        states[0],
        clock(times["Baking"]),
        ", ".join(f"{count:.0f}" for count in failed),
        f"{share:.2f}",
        states[1],
        clock(times["Baking"] + 180),
        clock(times["TrafficRestored"]),
        str(run["totals"]["errors_4xx"]),
        states[2],
        *(f"{first / later:.1f} times" for first, later in zip(firsts, laters, strict=True)),
    ]


LATENCIES = ("ModelLatency", "OverheadLatency")


def test_the_page_tells_what_the_replay_does(capsys):
    """Each row of the page's table ends with the figure of a run with seed 0."""
    table = re.findall(r"^\| (?!what|-).* \| (.*) \|$", (REPLAY / "README.md").read_text(), re.M)

    assert table == rows(replayed(capsys))


def test_ten_seconds_less_of_bake(capsys, tmp_path):
    """With a bake of 170 s the broken model gets all the traffic before the alarm fires."""
    hurried = tmp_path / "plan.yaml"
    text = (REPLAY / "plan.yaml").read_text()
    hurried.write_text(text.replace("WaitIntervalInSeconds: 180", "WaitIntervalInSeconds: 170"))
    failed = [replayed(capsys, plan)["totals"]["errors_4xx"] for plan in (REPLAY / "plan.yaml", hurried)]

    assert failed[1] > failed[0]
