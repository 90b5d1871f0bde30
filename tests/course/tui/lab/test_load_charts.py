"""Requests, instances and cost have charts of their own, which take turns with the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from course.tui.drawing.axis import Axis
from course.tui.lab.brief_pane import facts
from course.tui.lab.run.charts.lane import draw
from course.tui.lab.run.charts.load import cost, instances, requests
from engine.run import OtherRun
from engine.traffic.workload import Workload
from engine.world import Endpoint, OtherEndpoint
from labs.film.film import film_of
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle
from tests.course.tui.lab.fakes import a_study
from tests.course.tui.lab.test_run_pane import BROKEN
from tests.labs.film.runs import PLAN, WORLD, broken_run, healthy_run
from tests.labs.tiny import LAB as TINY

FILM, OTHER = film_of(broken_run(), WORLD, PLAN), film_of(healthy_run(), WORLD, PLAN)


def line(pilot, start: str) -> str:
    """The last line that begins like that: the charts of the load stand lowest."""
    return " ".join(next(row for row in reversed(rows(pilot)) if row.strip().startswith(start)).split())


async def test_v_leads_to_requests_instances_and_cost():
    """On a small screen one after the other, each with both fleets or with the bill, its last figures and nothing cut
    off; then to the alarms again. On a large one all three at once, in the place of errors, latency and alarms."""
    async with a_lab_screen(a_study(), SMALL) as pilot:
        player = await run(pilot, BROKEN)
        player.go(720)
        await settle(pilot)
        await press(pilot, "v", "v", "v")
        assert "Requests per minute" in read(pilot)
        assert line(pilot, "● blue").endswith("900")
        assert line(pilot, "◆ green").endswith("300")
        assert "15.0/s" in read(pilot) and "5.0/s" in read(pilot)

        await press(pilot, "v")
        assert "Instances billed" in read(pilot) and "Requests per minute" not in read(pilot)
        assert line(pilot, "◆ green").endswith("4")

        await press(pilot, "v")
        assert "Cost so far in USD" in read(pilot)
        spent, without = FILM.cost_usd[11], FILM.cost_without_usd[11]
        assert line(pilot, "Σ all").endswith(f"{spent:.2f}")
        assert f"+{spent - without:.2f}" in read(pilot)
        assert not any("…" in row for row in rows(pilot)[8:])

        await resize(pilot, *LARGE)
        page = read(pilot)
        for heading in (
            "Traffic in %",
            "Requests per minute",
            "Instances billed",
            "Cost so far in USD",
            "Phases",
            "Log",
        ):
            assert heading in page, heading
        assert "Errors per minute" not in page
        await press(pilot, "v")
        assert "Errors per minute" in read(pilot) and "Cost so far" not in read(pilot)
        assert "v2-errors" in read(pilot)


@given(t=st.floats(0, 1860))
def test_the_load_holds_nothing_of_what_comes_later(t):
    """Figures, bars and scale at `t` are those of a run that ended there."""
    run, over = broken_run(), int(t // 60)
    metrics = tuple(replace(each, points=each.points[:over]) for each in run.metrics)
    there = tuple(each for each in run.instances if each.t <= t)
    cut = film_of(replace(run, metrics=metrics, instances=there), WORLD, PLAN)
    axis = Axis(1860, 60)

    for chart in (requests, instances, cost):
        shown = {lane.label: (draw(lane, axis, t, 1e4, 4), lane.figures) for lane in chart(FILM, None, t).lanes}
        for lane in chart(cut, None, t).lanes:
            assert shown[lane.label] == (draw(lane, axis, t, 1e4, 4), lane.figures)
        assert chart(FILM, None, t).room_for == chart(cut, None, t).room_for


def test_the_reference_lies_over_the_load_too():
    """Its requests, its instances and its bill."""
    both = [chart(FILM, OTHER, 1860) for chart in (requests, instances, cost)]

    assert [lane.other for lane in both[0].lanes] == [fleet.requests for fleet in OTHER.fleets]
    assert [lane.other for lane in both[1].lanes] == [fleet.instances for fleet in OTHER.fleets]
    assert [lane.other for lane in both[2].lanes] == [OTHER.cost_usd]


def test_the_bill_says_where_others_are_not_in_it():
    """The grade's is that of the whole account."""
    run = broken_run()
    nobody = OtherRun(endpoint_history=(), traffic=(), instances=(), phases=(), totals=run.totals, costs={})
    beside = film_of(replace(run, others={"mine": nobody}), WORLD, PLAN)

    assert cost(FILM, None, 60).heading == "Cost so far in USD (inside: without an update)"
    assert cost(beside, None, 60).heading == "Cost so far in USD, other endpoints apart (inside: without an update)"


def test_the_brief_names_other_endpoints():
    """With who calls them, and whether they are there."""
    others = tuple(
        OtherEndpoint(endpoint=Endpoint(endpoint_name=name, endpoint_config_name=on), workload=Workload(rate=rate))
        for name, on, rate in (("eu", "v1", 3), ("us", "", 0.5))
    )
    lab = replace(TINY, world=replace(TINY.world, other_endpoints=others))
    assert [say for what, say in facts(lab) if what == "Beside it"] == [
        "eu: v1, about 3 a second",
        "us: not created yet, about 0.5 a second",
    ]
