"""The reference plan over one's own: the same requests, two plans, one picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from course.history import Event
from course.tui.lab.run.charts.alarms import watched
from course.tui.lab.run.charts.lane import LEGEND, OTHER, lay_over
from course.tui.lab.run.charts.lane_chart import LaneChart
from course.tui.lab.run.charts.latency import latency
from course.tui.lab.run.charts.traffic import TrafficChart
from course.tui.lab.run.pane import RunPane
from course.tui.lab.run.player import Player
from engine.plan import Plan
from labs.film.film import film_of
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle, until
from tests.course.tui.lab.fakes import (
    LAB_ID,
    START,
    FakeDesk,
    FakeJournal,
    a_lab,
    a_study,
)
from tests.course.tui.lab.test_run_pane import BROKEN
from tests.labs.film.runs import PLAN, WORLD, broken_run, healthy_run

EARLIER = Event(
    datetime(2026, 11, 20, tzinfo=UTC), "lab-graded", LAB_ID, {"passed": False, "score": 50.0, "text": START}
)


@dataclass
class TwoPlans(FakeDesk):
    """The reference is another plan, under which the same release is promoted."""

    def run(self, lab, plan, release, seed):
        """Return one run for the learner's plan and another for the reference's."""
        found = super().run(lab, plan, release, seed)
        return healthy_run(seed) if plan == REFERENCE else found


REFERENCE = Plan(steps=PLAN.steps[:1] + PLAN.steps[2:])


def a_graded_study():
    """A learner who has had a grade."""
    study = a_study(TwoPlans(), FakeJournal([EARLIER]))
    lab = a_lab()
    study.catalog.only = replace(lab, reference=replace(lab.reference, plan=REFERENCE))
    return study


async def overlaid(pilot) -> Player:
    """Run, press o, and go to where the two plans differ."""
    player = await run(pilot, BROKEN)
    await press(pilot, "o")
    await until(pilot, lambda: player.other is not None)
    player.go(1200)
    await settle(pilot)
    return player


async def test_o_draws_the_reference_over_the_charts():
    """Traffic and errors show both, and a legend says which is which. The lines stand where the plans differ: blue
    answers all in one plan and nothing in the other; in the errors, only green differs."""
    async with a_lab_screen(a_graded_study()) as pilot:
        player = await overlaid(pilot)
        assert player.film.run.outcome == "rolled-back"
        assert player.other.run.outcome == "promoted"
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            assert "yours + reference" in read(pilot)
            assert "━ reference" in read(pilot)
            assert "Overlay" in rows(pilot)[-1]

        screen = pilot.app.screen
        traffic, errors = (
            screen.query_one(TrafficChart).render().plain,
            screen.query_one("#errors", LaneChart).render().plain,
        )
        mark, _ = OTHER
        assert traffic.replace(LEGEND, "").count(mark) > 10
        assert mark in errors


async def test_the_alarms_of_both_plans_stand_under_each_other():
    """An alarm that went off here and not there shows it, sign by sign; each line says whose it is. The lines of the
    reference go with the overlay."""
    async with a_lab_screen(a_graded_study()) as pilot:
        await overlaid(pilot)
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            lanes = [row.split("│")[0].split() for row in rows(pilot) if row.split()[:1] in (["v2-errors"], ["━"])]
            (own, ours), (mark, whose, theirs), *_ = lanes
            assert (own, mark, whose) == ("v2-errors", "━", "reference")
            assert "✗" in ours and "✗" not in theirs
            assert len(ours) == len(theirs)

        await press(pilot, "o")
        assert "━ reference" not in read(pilot)


def test_alarms_of_one_plan_alone_are_named():
    """What the learner's plan does not have has a lane of its own, last, with the mark of the reference."""
    yours, reference = film_of(broken_run(), WORLD, PLAN), film_of(healthy_run(), WORLD, REFERENCE)
    more = replace(reference, run=replace(reference.run, alarm_states={"v2-errors": "OK", "p50": "OK"}))

    assert [lane.label for lane in watched(yours, None, 1860)] == ["v2-errors", "v2-latency"]
    assert [(lane.name, lane.label) for lane in watched(yours, more, 1860)] == [
        ("v2-errors", "v2-errors"),
        ("v2-errors", "━ reference"),
        ("v2-latency", "v2-latency"),
        ("p50", "━ p50"),
    ]


async def test_o_takes_it_away_again():
    """What is left is the learner's plan alone, at the same moment. Overlay and swap share one run of the reference. It
    belongs to one release and one seed: another run begins without it."""
    study = a_graded_study()
    async with a_lab_screen(study, LARGE) as pilot:
        player = await overlaid(pilot)
        await press(pilot, "o")
        assert player.other is None
        assert player.t == 1200
        assert LEGEND not in read(pilot)

        await press(pilot, "O", "O", "o")
        assert player.other is not None
        assert len(study.desk.ran) == 2

        await run(pilot, BROKEN)
        assert player.other is None


async def test_before_a_grade_there_is_no_overlay():
    """The reference is part of the answer."""
    async with a_lab_screen(a_study(TwoPlans())) as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "o")

        assert player.other is None
        assert pilot.app.screen.query_one(RunPane).check_action("overlay", ()) is False


LEVELS = st.none() | st.floats(0, 100)


@given(LEVELS, LEVELS, st.integers(1, 9))
def test_one_mark_in_each_column(own, other, height):
    """Where the two differ there is at most one mark; where they agree, the bars are left as they were."""
    before = [("█", "$blue-fleet")] * height
    cells = list(before)
    lay_over(cells, own, other, 100, "$blue-fleet")
    changed = sum(a != b for a, b in zip(before, cells, strict=True))

    assert len(cells) == height
    assert changed == (0 if other is None or other == own else 1)


def test_in_a_single_row_the_other_value_is_underlined():
    """There it cannot stand above or below one's own, and its colour tells nothing to whoever does not see it."""
    cells = [("█", "$blue-fleet")]
    lay_over(cells, 100, 50, 100, "$blue-fleet")
    [(mark, style)] = cells

    assert mark == "▄"
    assert "underline" in style


def test_a_higher_value_stands_higher():
    """Full is the top row, nothing the lowest."""
    places = []
    for share in (1.0, 0.5, 0.0):
        cells = [(" ", "")] * 4
        lay_over(cells, None if share else 0.5, share, 1.0, "$green-fleet")
        places.append([cell[0] for cell in cells].index(OTHER[0]))

    assert places == sorted(places)
    assert places[0] == 0 and places[-1] == 3


def test_the_reference_lies_over_latency_too():
    """Where it served a fleet that one's own plan had taken back, its p99 is there to compare."""
    yours, reference = film_of(broken_run(), WORLD, PLAN), film_of(healthy_run(), WORLD, REFERENCE)

    alone, both = latency(yours, None, 1860), latency(yours, reference, 1860)

    assert [lane.other for lane in alone.lanes] == [(), ()]
    assert [lane.other for lane in both.lanes] == [reference.fleet(fleet.config).p99_ms for fleet in yours.fleets]
