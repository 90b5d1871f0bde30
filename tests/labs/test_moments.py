"""The sentences that tell what decided a grade."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.simulate import simulate
from labs.grading.grade_plan import grade
from tests.engine.rollouts import OF_BOTH, ONE, all_at_once, canary, errors_alarm, failing, guarded, update
from tests.labs.tiny import BARE, GUARDED, LAB, SEEDS

LATE = guarded(canary, ONE, 60, 0, alarm=errors_alarm(threshold=0.2))
UNNAMED = Plan.of(errors_alarm(threshold=0.2), update(canary(ONE, 300, 300)))
UNWATCHED = Plan.of(errors_alarm(threshold=0.2), update(all_at_once(0)))


def told(plan, lab=LAB):
    """Return the moments, without what differs from seed to seed."""
    found = grade(lab, plan, SEEDS).moments
    assert 1 <= len(found) <= 3
    return [re.sub(r"\(seed \d+\)|\d+:\d\d|\d+ s\b", "…", moment.told) for moment in found]


@pytest.mark.parametrize(
    "plan, expected",
    [
        pytest.param(GUARDED, "broken …: errors went to ALARM at …, … after the first harm while", id="decided"),
        pytest.param(BARE, "broken …: no alarm ever went to ALARM, so nothing stopped the release.", id="no alarm"),
        pytest.param(LATE, "broken …: errors went to ALARM at …, … after the last bake had ended.", id="too late"),
        pytest.param(
            UNNAMED,
            "broken …: errors went to ALARM at …, but the update does not name it in AutoRollbackConfiguration.",
            id="not named",
        ),
        pytest.param(
            UNWATCHED,
            "broken …: errors went to ALARM at …, but this update has no bake in which anybody looks at it.",
            id="no bake",
        ),
        pytest.param(Plan(), "broken …: nothing was updated (no-update).", id="no update"),
    ],
)
def test_what_decided_a_broken_release(plan, expected):
    """Why it was stopped, or why it was not."""
    assert any(sentence.startswith(expected) for sentence in told(plan))


def test_the_first_harm_is_told_with_the_traffic_of_that_moment():
    """When it was, and which configuration answered how much."""
    first = next(sentence for sentence in told(GUARDED) if "harmed" in sentence)

    assert first == "broken …: the first request was harmed at …, with 25% on v2 and 75% on v1."


def test_an_alarm_from_before_the_update():
    """It decides at the first look of the first bake, and is told as what it was."""
    always = errors_alarm(dimensions=OF_BOTH, threshold=0.2)
    sick = replace(LAB.world.with_model("v1", failing(0.5)), alarms=(always,), update_at_s=606.0)
    lab = replace(LAB, world=sick)
    sentence = "errors was in ALARM before the update began, so the first bake rolled back."

    assert f"healthy …: {sentence}" in told(Plan.of(update(canary(alarms=("errors",)))), lab)


def test_a_moment_says_where_it_was():
    """Played again, the run of that release and seed has its deciding alarm at the very second."""
    [moment] = [moment for moment in grade(LAB, GUARDED, SEEDS).moments if moment.decisive]
    run = simulate(LAB.world_with(LAB.release(moment.release)), GUARDED, moment.seed)

    assert run.deciding_alarm is not None
    assert moment.t == run.deciding_alarm.t


def test_without_a_rollback_no_moment_is_decisive():
    """What came too late, or never, decided nothing."""
    assert not [moment for moment in grade(LAB, LATE, SEEDS).moments if moment.decisive]
