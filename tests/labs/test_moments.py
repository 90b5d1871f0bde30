"""The sentences that tell what decided a grade."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.simulate import simulate
from labs.exercise.goal import GoalResult
from labs.grading.grade_plan import grade
from labs.grading.moments import MOST, deciding, moments
from labs.measures.registry import HARMED
from labs.measures.trial import Trial
from tests.engine.rollouts import OF_BOTH, ONE, all_at_once, canary, errors_alarm, failing, guarded, update
from tests.labs.film.runs import broken_run, healthy_run
from tests.labs.tiny import BARE, BROKEN, GUARDED, HEALTHY, LAB, SEEDS, goal, row

LATE = guarded(canary, ONE, 60, 30, alarm=errors_alarm(threshold=0.2))
"""All is over in two bakes before the first alarm."""
UNNAMED = Plan.of(errors_alarm(threshold=0.2), update(canary(ONE, 60, 600)))
"""It fires in the second bake."""
NERVOUS = guarded(canary, ONE, 300, 300, alarm=errors_alarm(treat_missing_data="breaching"))
"""In ALARM before the first request: whatever the release is, it goes home."""
UNWATCHED = Plan.of(errors_alarm(threshold=0.2), update(all_at_once(0)))


def told(plan, lab=LAB):
    """Return the moments, without what differs from seed to seed."""
    found = grade(lab, plan, SEEDS).moments
    assert 1 <= len(found) <= 3
    return [re.sub(r"\(seed \d+\)|\d+:\d\d|\d+ s\b", "…", moment.told) for moment in found]


@pytest.mark.parametrize(
    "plan, expected",
    [
        pytest.param(
            GUARDED, "broken …: errors went to ALARM at … of the run, … after the first harm while", id="decided"
        ),
        pytest.param(
            BARE, "broken …: no alarm went to ALARM once the release had traffic, so nothing stopped it.", id="no alarm"
        ),
        pytest.param(
            LATE, "broken …: errors went to ALARM at … of the run, … after the last bake had ended.", id="too late"
        ),
        pytest.param(
            UNNAMED,
            "broken …: errors went to ALARM at … of the run, but the update does not name it in AutoRollback",
            id="not named",
        ),
        pytest.param(
            UNWATCHED,
            "broken …: errors went to ALARM at … of the run, but this update has no bake in which anybody looks at it.",
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

    assert first == "broken …: the first request was harmed at … of the run, with 25% on v2 and 75% on v1."


def test_an_alarm_from_before_the_update():
    """It decides at the first look of the first bake, and is told as what it was."""
    always = errors_alarm(dimensions=OF_BOTH, threshold=0.2)
    sick = replace(LAB.world.with_model("v1", failing(0.5)), alarms=(always,), update_at_s=606.0)
    lab = replace(LAB, world=sick)
    sentence = "errors was in ALARM before the update began, so the first bake rolled back."

    assert f"healthy …: {sentence}" in told(Plan.of(update(canary(alarms=("errors",)))), lab)


def test_an_alarm_from_before_the_update_that_nobody_named_is_not_told():
    """It was there before there was anything to stop, and stopped nothing."""
    always = errors_alarm(dimensions=OF_BOTH, threshold=0.2)
    sick = replace(LAB.world.with_model("v1", failing(0.5)), alarms=(always,), update_at_s=606.0)
    found = grade(replace(LAB, world=sick), BARE, SEEDS).moments

    assert found
    assert all(moment.t >= sick.update_at_s for moment in found)


def test_a_moment_says_where_it_was():
    """Played again, the run of that release and seed has its deciding alarm at the very second."""
    [moment] = [moment for moment in grade(LAB, GUARDED, SEEDS).moments if moment.decisive]
    run = simulate(LAB.world_with(LAB.release(moment.release)), GUARDED, moment.seed)

    assert run.deciding_alarm is not None
    assert moment.t == run.deciding_alarm.t


def test_without_a_rollback_no_moment_is_decisive():
    """What came too late, or never, decided nothing."""
    assert not [moment for moment in grade(LAB, LATE, SEEDS).moments if moment.decisive]


TOLD_OF = [
    pytest.param("pppp", [50, 10, 30, 1], 0, 2, id="the median of all that went wrong, the upper one of two"),
    pytest.param("ppprr", [50, 10, 30, 0, 1000], 0, 2, id="of those alone that went wrong"),
    pytest.param("prrrr", [7, 1, 2, 3, 4], 0, 0, id="the only one that went wrong"),
    pytest.param("rrr", [5, 90, 20], 0, 2, id="the median of all, where none went wrong"),
    pytest.param("ttr", [5, 9, 7], 0, 1, id="timed out is no rollback by an alarm"),
    pytest.param("pppp", [4, 4, 4, 4], 5, 7, id="equals in the order of their seeds"),
]


@pytest.mark.parametrize(("outcomes", "harmed", "first", "seed"), TOLD_OF)
def test_a_typical_run_is_told_of(outcomes, harmed, first, seed):
    """Neither the mildest nor the worst of the runs that went wrong."""
    names = {"p": "promoted", "r": "rolled-back", "t": "timed-out"}
    rows = [
        row({HARMED: count}, outcome=names[outcome], seed=first + k)
        for k, (outcome, count) in enumerate(zip(outcomes, harmed, strict=True))
    ]
    broken = replace(LAB, releases=LAB.releases[:1], goals=LAB.goals[:1])

    assert {moment.seed for moment in moments(broken, BARE, results(broken, ()), {"broken": rows})} == {seed}


def results(lab, missed):
    """Return what became of the lab's goals, of which some were missed."""
    said = {"measured": None, "measured_say": "", "needed": ""}
    return [GoalResult.of(each, passed=each.id not in missed, **said) for each in lab.goals]


HEALTHY_MISSED, BROKEN_MISSED = "promoted-healthy", "rolled-back-broken"


@pytest.mark.parametrize(
    ("plan", "missed", "releases"),
    [
        pytest.param(NERVOUS, [], ["broken"], id="nothing missed: one release is enough"),
        pytest.param(GUARDED, [], ["broken"], id="nothing missed: how the broken one was stopped"),
        pytest.param(GUARDED, [BROKEN_MISSED], ["broken"], id="the one that was missed"),
        pytest.param(NERVOUS, [HEALTHY_MISSED], ["healthy", "broken"], id="the missed one first, though it is good"),
        pytest.param(NERVOUS, [HEALTHY_MISSED, BROKEN_MISSED], ["broken", "healthy"], id="both missed: bad first"),
    ],
)
def test_what_was_missed_is_told_first(plan, missed, releases):
    """One to three moments: of the releases whose goals were missed, then of others if there is room."""
    lab, rows = replace(LAB, releases=(HEALTHY, BROKEN)), {release.id: [row(seed=4)] for release in LAB.releases}
    found = moments(lab, plan, results(lab, missed), rows)

    assert list(dict.fromkeys(moment.release for moment in found)) == releases
    assert 1 <= len(found) <= MOST
    for release in releases:
        times = [moment.t for moment in found if moment.release == release]
        assert times == sorted(times)


def test_three_moments_are_the_most():
    """Two bad releases with two moments each are not told to the end."""
    worse = replace(BROKEN, id="worse")
    lab = replace(LAB, releases=(BROKEN, worse), goals=(goal("rolled-back", "broken"), goal("rolled-back", "worse")))
    rows = {release.id: [row(seed=4)] for release in lab.releases}
    found = moments(lab, GUARDED, results(lab, [each.id for each in lab.goals]), rows)

    assert [moment.release for moment in found] == ["broken", "broken", "worse"]


def test_the_seconds_that_are_told_are_those_of_the_run():
    """From the start of the update to the first harm and to the alarm, and from the one to the other."""
    harm, alarm = grade(LAB, GUARDED, SEEDS).moments
    run, first = played("broken", GUARDED, harm.seed)
    decided = run.deciding_alarm.t

    assert (harm.t, alarm.t) == (first, decided)
    assert harm.say.startswith(f"the first request was harmed at {clock(first)} of the run, with")
    assert alarm.say.startswith(
        f"errors went to ALARM at {clock(decided)} of the run, {decided - first:.0f} s after the first harm"
        " while the update was baking for 300 seconds"
    )


def test_how_much_too_late_an_alarm_was():
    """The seconds from the end of the last bake to the alarm, and when the release had everything for good."""
    _, for_good, late = grade(LAB, LATE, SEEDS).moments
    run, _ = played("broken", LATE, late.seed)
    fired = next(change.t for change in run.alarms if change.to_state == "ALARM")
    last = [phase for phase in run.phases if phase.status == "Baking"][-1]
    end = run.update_ended_s

    assert (for_good.t, late.t) == (end, fired)
    assert for_good.say == f"the release had all traffic for good at {clock(end)} of the run."
    assert late.say == (
        f"errors went to ALARM at {clock(fired)} of the run, {fired - last.end:.0f} s after the last bake had ended."
    )


def played(release, plan, seed):
    """Return the run that a moment is about, and when its first harmed request arrived."""
    world = LAB.world_with(LAB.release(release))
    run = simulate(world, plan, seed)
    return run, Trial.of(world, run, simulate(LAB.world, Plan(), seed).requests).first_harmed_s


def clock(seconds):
    """Return seconds as minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@pytest.mark.parametrize("plan", [GUARDED, BARE, LATE], ids=["guarded", "bare", "late"])
def test_every_moment_is_told_by_the_clock_of_the_run(plan):
    """What the sentence says first is where the play head has to go."""
    for moment in grade(LAB, plan, SEEDS).moments:
        for minutes, seconds in re.findall(r"at (\d+):(\d\d) of the run", moment.say)[:1]:
            assert int(moment.t) == int(minutes) * 60 + int(seconds)


def test_harm_that_came_after_the_decision_did_not_decide():
    """It is neither a moment nor what the alarm came after."""
    run = broken_run()
    [(t, say)] = deciding(run, LAB.release("broken"), run.deciding_alarm.t + 30)

    assert t == run.deciding_alarm.t
    assert "first harm" not in say


def test_an_alarm_while_the_fleet_was_launching_did_not_decide():
    """Nobody had met the release yet; that nothing stopped it is told instead."""
    run = healthy_run()
    early = replace(broken_run().deciding_alarm, t=run.update_started_s + 1)
    says = [say for _, say in deciding(replace(run, alarms=(early,)), LAB.release("broken"), None)]

    assert says[0] == "no alarm went to ALARM once the release had traffic, so nothing stopped it."
