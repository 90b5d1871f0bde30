"""Every lab and every incident there is proves itself, whoever wrote it."""

from __future__ import annotations

import pytest

from engine.aws.checking import check
from engine.aws.translation.writing import write_plan
from labs.grading.proof import prove
from labs.incidents import proof as incident_proof
from tests.built_in import PACK

SUMMED = "SUM of one series covers all points fetched, and alarms fetch more than N."
EXPLAINED = {"the-early-winner": (f"rate: {SUMMED}", f"z: {SUMMED}")}
"""Advice that a lab's debrief takes up: adding up everything since the start is what that test is meant to do."""


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_lab_works(id: str):
    """The start plan fails, the reference passes also on fresh seeds, each near-miss fails exactly the goal it
    names, and neither always nor never rolling back passes."""
    assert list(prove(PACK.lab(id))) == []


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_reference_gets_no_advice(id: str):
    """Nobody is warned of what the lab itself shows as right, but of what its debrief explains."""
    lab = PACK.lab(id)
    found = check(write_plan(lab.reference.plan), lab.world)

    assert [each.say for each in found if each.say not in EXPLAINED.get(id, ())] == []


@pytest.mark.parametrize("id", PACK.incident_ids())
def test_an_incident_works(id: str):
    """Each release has an answer that passes, also on fresh seeds, each near-miss fails exactly the goal it names, and
    neither doing nothing nor doing the same every time passes."""
    assert list(incident_proof.prove(PACK.incident(id))) == []


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_lab_has_what_a_lab_needs(id: str):
    """A bad release and a good one, or days that differ, two near-misses, and a ladder of hints for every goal."""
    lab = PACK.lab(id)

    assert lab.serves or {release.expect for release in lab.releases} == {"promoted", "rolled-back"}
    assert len(lab.releases) >= 2
    assert len(lab.near_misses) >= 2
    assert all(len(goal.hints) >= 2 for goal in lab.goals)
    assert lab.debrief.strip()
