"""A run prepared for showing: fleets, states, and nothing of what comes later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plan import Plan
from engine.run import Event, TrafficShare
from engine.simulate import simulate
from engine.world import Endpoint
from labs.film.film import film_of, without_id
from labs.film.fleets import fleets_of, merged
from tests.labs.film.runs import PLAN, WORLD, broken_run

BROKEN = film_of(broken_run(), WORLD, PLAN)


def test_blue_serves_first():
    """Blue is the configuration that had the traffic, green is what came, and nobody has a name for what came later."""
    run = broken_run()
    again = replace(run, traffic=(*run.traffic, TrafficShare(1500.0, {"churn-v3": 0.5, "churn-v4": 0.5})))
    names = [(fleet.name, fleet.config) for fleet in fleets_of(again)]

    assert names[:2] == [("blue", "churn-v1"), ("green", "churn-v2")]
    assert names[2:] == [("later", "churn-v3"), ("later", "churn-v4")]


def test_a_film_knows_its_fleets():
    """By configuration; one that never came is none."""
    assert BROKEN.fleet("churn-v2").name == "green"
    assert BROKEN.fleet("churn-v9") is None


def test_latencies_are_in_milliseconds():
    """SageMaker's metric is in microseconds."""
    blue, _ = fleets_of(broken_run())

    assert blue.p50_ms[0] == 41.0


def test_errors_of_both_kinds_are_added():
    """A minute in which only one kind was measured counts too; without any measurement there is none."""
    assert merged([(1.0, None, None), (2.0, 3.0, None)], sum) == (3.0, 3.0, None)


def test_a_plan_without_update_has_one_fleet():
    """Nothing came, so there is no green."""
    run = replace(broken_run(), traffic=broken_run().traffic[:1], instances=broken_run().instances[:1])

    assert [fleet.name for fleet in fleets_of(run)] == ["blue"]


@given(t=st.floats(0, 1860))
def test_a_film_tells_nothing_of_what_comes_later(t):
    """Events, phases, states and the endpoint at `t` are those of a run that was cut off at `t`."""
    run = broken_run()
    cut = replace(
        run,
        events=tuple(event for event in run.events if event.t <= t),
        phases=tuple(phase for phase in run.phases if phase.start <= t),
        traffic=tuple(share for share in run.traffic if share.t <= t),
        endpoint_history=tuple(each for each in run.endpoint_history if each[0] <= t),
    )
    film = film_of(cut, WORLD, PLAN)

    assert film.events(t) == BROKEN.events(t)
    assert film.phases(t) == BROKEN.phases(t)
    assert film.span_s(t) == BROKEN.span_s(t)
    assert cut.describe_endpoint(t) == run.describe_endpoint(t)


@pytest.mark.parametrize(
    ("t", "state"),
    [(0, "INSUFFICIENT_DATA"), (370, "OK"), (669, "OK"), (670, "ALARM"), (969, "ALARM"), (970, "OK")],
)
def test_an_alarm_has_the_state_of_its_last_change(t, state):
    """Before the first change it has the state from which that change came."""
    assert BROKEN.alarm_state("v2-errors", t) == state


def test_an_alarm_that_went_off_in_a_minute_marks_it():
    """However short it was, it was an alarm."""
    assert BROKEN.gravest_state("v2-errors", 660, 720) == "ALARM"
    assert BROKEN.gravest_state("v2-errors", 600, 660) == "OK"


def test_an_alarm_has_no_state_before_it_was_created():
    """A plan's alarm comes with the plan."""
    created = Event(306.0, "AlarmCreated", "created", {"alarm": "v2-errors"})
    film = film_of(replace(broken_run(), events=(created,)), WORLD, PLAN)

    assert film.alarm_state("v2-errors", 305.9) is None
    assert film.alarm_state("v2-errors", 306.0) == "INSUFFICIENT_DATA"


@given(alarm=st.sampled_from(sorted(BROKEN.run.alarm_states)), t=st.floats(0, 1860), created=st.floats(0, 1860))
def test_the_spans_of_an_alarm_are_its_states(alarm, t, created):
    """From its creation to `t` without a gap, each with the state that the alarm had all the while."""
    film = replace(BROKEN, created={alarm: created})
    spans = film.alarm_spans(alarm, t)
    edges = [edge for span in spans for edge in (span.start, span.end)]

    assert edges[1:-1:2] == edges[2::2]
    assert (edges[:1], edges[-1:]) == (([created], [t]) if created < t else ([], []))
    for span in spans:
        changes = (each.t for each in film.run.alarms if span.start <= each.t < span.end)
        assert {film.alarm_state(alarm, at) for at in (span.start, *changes)} == {span.state}


@given(t=st.floats(-1, 2000))
def test_stops_lead_on_and_back(t):
    """The next stop is later, the one before is earlier, and nothing happens in between."""
    later, earlier = BROKEN.next_stop(t), BROKEN.previous_stop(t)

    assert later is None or later > t
    assert earlier is None or earlier < t
    assert not [stop for stop in BROKEN.stops if (earlier or -2) < stop < (later or 2001) and stop != t]


def test_a_phase_that_has_not_ended_has_no_end():
    """A run that has got only so far ends its last phase there: nothing has happened at that moment."""
    *done, last = BROKEN.run.phases
    running = replace(last, end=last.start + 5.5)
    film = film_of(replace(BROKEN.run, phases=(*done, running), ended_s=running.end), WORLD, PLAN)

    assert [film.ended_s(each) for each in film.run.phases] == [*(each.end for each in done), None]
    assert running.end not in film.stops
    assert [BROKEN.ended_s(each) for each in BROKEN.run.phases] == [each.end for each in BROKEN.run.phases]


def test_a_late_run_does_not_lengthen_the_axis_before_its_time():
    """An axis as long as the run would tell that the update takes so long."""
    late = film_of(replace(broken_run(), ended_s=4000.0), WORLD, PLAN)

    assert late.span_s(100) == 1860
    assert late.span_s(3000) == 3000


def test_an_endpoint_that_does_not_exist_has_no_fleets():
    """A run that begins without one, and a plan that creates none, can be shown all the same."""
    where = replace(WORLD, endpoint=Endpoint(endpoint_name="churn"), duration_s=600.0)
    film = film_of(simulate(where, Plan(), 1), where, Plan())

    assert film.fleets == ()
    assert set(film.cost_usd) == {0.0}


def test_alarms_of_target_tracking_lose_their_id():
    """What is left tells them apart; other names stay as they are."""
    low = "TargetTracking-endpoint/churn/variant/main-AlarmLow-41a22314-db80-5b7d-a8d0-498ad55a6e4d"

    assert without_id(low) == "TargetTracking-endpoint/churn/variant/main-AlarmLow"
    assert without_id("v2-errors") == "v2-errors"
