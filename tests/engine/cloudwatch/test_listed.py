"""Alarms work from any source of metrics, and know of no fleet."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.engine.cloudwatch.listed import at_once, on_their_clock

NEEDED = {"cloudwatch", "requests", "statistics", "timing", "bounds", "errors"}
"""What evaluating alarms may bring along of the engine."""


def loaded_by(work):
    """Return the modules that a function of `listed` loads in a fresh interpreter."""
    code = f"""
import json, sys
from tests.engine.cloudwatch.listed import {work}
{work}()
print(json.dumps(list(sys.modules)))
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(found.stdout))


@pytest.mark.parametrize("work", ["at_once", "on_their_clock"])
def test_alarms_over_a_list_load_no_endpoint(work):
    """Metric alarm, metric math and composite alarm bring neither fleets nor updates along, nor what these need."""
    loaded = loaded_by(work)
    parts = {name.split(".")[1] for name in loaded if name.startswith("engine.")}

    assert "cloudwatch" in parts
    assert parts <= NEEDED


def test_a_single_evaluation_needs_no_clock():
    """Only whoever lets alarms run needs the simulation's clock."""
    assert "simpy" not in loaded_by("at_once")


def test_alarms_evaluated_once():
    """Three nines at the end are above 5 for two periods, and doubled they reach 18 for three."""
    assert at_once() == {"high": "ALARM", "math": "ALARM", "both": "ALARM"}


def test_alarms_evaluated_minute_by_minute():
    """Each changes when its last periods say so, and the composite as soon as both of its children have."""
    changes = on_their_clock()

    assert [change for change in changes if change[2] == "ALARM"] == [
        [310.0, "high", "ALARM"],
        [370.0, "math", "ALARM"],
        [370.0, "both", "ALARM"],
    ]
