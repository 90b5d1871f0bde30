"""A run prepared for showing: fleets, limits, and nothing of what comes later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.drawing.axis import Axis
from course.tui.drawing.signs import DONE, HERE, WRONG
from course.tui.lab.phase_list import sign_of
from course.tui.lab.run.charts.lane import Lane, draw, seen
from course.tui.lab.run.charts.lane_chart import scale
from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm, MetricDataQuery, MetricStat
from engine.run import Event
from labs.film.film import film_of
from labs.film.fleets import fleets_of, merged
from labs.film.limits import Limit, alarms_of, error_limits, latency_limits
from tests.course.tui.lab.fakes import ERRORS_ALARM, LATENCY_ALARM, PLAN, WATCHED, a_lab, broken_run, healthy_run

WORLD = a_lab().world
BROKEN = film_of(broken_run(), WORLD, PLAN)
MINUTES = st.lists(st.none() | st.floats(0, 1e6), max_size=120).map(tuple)


def an_alarm(**changes) -> MetricAlarm:
    """Return the alarm on errors, changed; the first four are its metric's."""
    metric = {key: changes.pop(key) for key in ("metric_name", "stat", "period", "dimensions") if key in changes}
    return replace(ERRORS_ALARM, metric=replace(ERRORS_ALARM.metric, **metric), **changes)


def test_blue_serves_first():
    """Blue is the configuration that had the traffic, green is what came."""
    blue, green = fleets_of(broken_run())

    assert (blue.name, blue.config, blue.sign) == ("blue", "churn-v1", "●")
    assert (green.name, green.config, green.sign) == ("green", "churn-v2", "◆")


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


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(an_alarm(), "> 5", 5.0, id="a count"),
        pytest.param(an_alarm(stat="Sum", period=300), "> 5 in 300 s", 1.0, id="five minutes"),
        pytest.param(an_alarm(stat="Average", threshold=0.05), "> 5 %", 15.0, id="a share of green's 300"),
        pytest.param(an_alarm(stat="Average", threshold=0.05, dimensions=()), "> 5 %", 60.0, id="a share of all 1200"),
    ],
)
def test_limits_stand_in_errors_per_minute(alarm, say, level):
    """An alarm on a share is drawn at that share of the minute's requests."""
    [limit] = error_limits([alarm], BROKEN.fleets)

    assert limit.say == say
    assert limit.at(9) == pytest.approx(level)


def a_math_alarm(expression: str, threshold: float, *stats: MetricStat) -> MetricAlarm:
    """An alarm on an expression over the queries a, b, c."""
    queries = [
        MetricDataQuery(id=id, metric_stat=stat, return_data=False) for id, stat in zip("abc", stats, strict=False)
    ]
    watched = MetricDataQuery(id="watched", expression=expression)
    return MetricAlarm(
        alarm_name="math",
        metrics=(watched, *queries),
        threshold=threshold,
        comparison_operator="GreaterThanThreshold",
    )


def of(name: str, stat: str = "Sum", period: int = 60, dimensions=WATCHED) -> MetricStat:
    """A statistic of green, or of what the dimensions say."""
    return MetricStat(namespace="AWS/SageMaker", metric_name=name, dimensions=dimensions, period=period, stat=stat)


E4, E5, COUNT = of("Invocation4XXErrors"), of("Invocation5XXErrors"), of("Invocations")
NO_LINE = "no line: metric math"


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(a_math_alarm("a / b", 0.05, E5, COUNT), "> 0.05 (math)", 15.0, id="a share of green's 300"),
        pytest.param(a_math_alarm("100 * (a + b) / c", 5, E4, E5, COUNT), "> 5 (math)", 15.0, id="both kinds, in %"),
        pytest.param(a_math_alarm("a + b", 7, E4, E5), "> 7 (math)", 7.0, id="a sum of counts"),
        pytest.param(
            a_math_alarm("FILL(a, 0)", 10, of("Invocation5XXErrors", period=300)),
            "> 10 in 300 s (math)",
            2.0,
            id="5 min",
        ),
        pytest.param(a_math_alarm("a + 0.01 * b", 8, E5, COUNT), "> 8 (math)", 5.0, id="a count beside the requests"),
        pytest.param(a_math_alarm("a * a", 4, E5), NO_LINE, None, id="not straight"),
        pytest.param(a_math_alarm("a + 2 * b", 4, E4, E5), NO_LINE, None, id="kinds that count differently"),
        pytest.param(a_math_alarm("a > 3", 0, E5), NO_LINE, None, id="yes or no"),
        pytest.param(a_math_alarm("a / b", 1, E5, of("CPUUtilization", "Average")), NO_LINE, None, id="something else"),
        pytest.param(
            a_math_alarm("a - b", 1, E5, of("Invocation5XXErrors", dimensions=())), NO_LINE, None, id="two fleets"
        ),
        pytest.param(a_math_alarm("b", 100, E5, COUNT), NO_LINE, None, id="nothing that is drawn"),
        pytest.param(
            an_alarm(metric_name="CPUUtilization", stat="Average"),
            "no line: Average of CPUUtilization",
            None,
            id="no errors",
        ),
    ],
)
def test_a_line_stands_where_the_alarm_would_fire(alarm, say, level):
    """Metric math is solved for the errors; where it cannot be, the legend says that there is no line."""
    [limit] = error_limits([alarm], BROKEN.fleets)

    assert limit.at(9) == (level if level is None else pytest.approx(level))
    assert (limit.alarm, limit.say) == (alarm.alarm_name, say)


@pytest.mark.parametrize(
    ("alarm", "say", "level"),
    [
        pytest.param(
            a_math_alarm("a / 1000", 250, of("ModelLatency", "p99")), "> 250 ms (math)", 250.0, id="in milliseconds"
        ),
        pytest.param(
            a_math_alarm("a - b", 9, of("ModelLatency", "p99"), of("ModelLatency", "p50")), NO_LINE, None, id="two"
        ),
        pytest.param(
            an_alarm(metric_name="ModelLatency", stat="Sum"),
            "no line: Sum of ModelLatency",
            None,
            id="a sum of latencies",
        ),
    ],
)
def test_math_over_latency_has_a_line_too(alarm, say, level):
    """On the chart of latency, in milliseconds."""
    [limit] = latency_limits([alarm])

    assert (limit.say, limit.level) == (say, level if level is None else pytest.approx(level))


@pytest.mark.parametrize(("stat", "red"), [("p99", True), ("p50", False), ("Average", False)])
def test_only_what_an_alarm_is_about_has_the_colour_of_harm(stat, red):
    """A p99 above the threshold of an alarm on the average is nothing to be alarmed at."""
    alarm = replace(LATENCY_ALARM, metric=replace(LATENCY_ALARM.metric, stat=stat))
    lane = Lane(values=(300.0,) * 9, inner=(100.0,) * 9, style="$blue-fleet", limits=latency_limits([alarm]))
    drawn = draw(lane, Axis(600, 20), 540, 400, 6)

    assert any("$error" in style for row in drawn for _, style in row) == red


def test_a_composite_alarm_has_no_line_and_says_so():
    """It asks about states; its children have their own lines."""
    either = CompositeAlarm(alarm_name="either", alarm_rule="ALARM(v2-errors) OR ALARM(v2-latency)")
    film = film_of(broken_run(), WORLD, Plan.of(ERRORS_ALARM, LATENCY_ALARM, either))

    assert [(limit.alarm, limit.say) for limit in film.error_limits if limit.level is None] == [
        ("either", "no line: composite")
    ]


def test_an_alarm_on_nobody_has_no_line():
    """Bars above the threshold of an alarm that never sees them would be a riddle."""
    nobody = an_alarm(dimensions=(("EndpointName", "churn"), ("VariantName", "AllTraffic")))
    film = film_of(broken_run(), WORLD, Plan.of(nobody, LATENCY_ALARM))

    assert [limit.say for limit in film.error_limits] == ["no line: no such variant"]
    assert [limit.level for limit in film.latency_limits] == [200.0]


def test_limits_on_latency_stand_in_milliseconds():
    """The threshold of 200,000 microseconds is 200 ms."""
    [limit] = latency_limits([LATENCY_ALARM])

    assert (limit.say, limit.level, limit.config) == ("p99 > 200 ms", 200.0, "churn-v2")


def test_a_plans_alarm_replaces_its_namesake():
    """PutMetricAlarm on an existing name replaces the whole alarm."""
    world = replace(WORLD, alarms=(an_alarm(threshold=99.0),))
    plan = Plan(steps=(Step(request=ERRORS_ALARM),))

    assert alarms_of(world, plan) == (ERRORS_ALARM,)


@given(values=MINUTES, t=st.floats(0, 7200), width=st.integers(8, 120), rows=st.integers(1, 8))
def test_a_lane_holds_nothing_of_what_comes_later(values, t, width, rows):
    """The lane at `t` is the same whatever happens afterwards."""
    limit = Limit("alarm", None, "> 10", values)
    lane = Lane(values=values, style="$blue-fleet", inner=values, limits=(limit,))
    known = values[: int(t // 60)]
    past = Lane(values=known, style="$blue-fleet", inner=known, limits=(replace(limit, level=known),))
    axis = Axis(7200, width)

    assert draw(lane, axis, t, 100, rows) == draw(past, axis, t, 100, rows)


@given(values=MINUTES, t=st.floats(0, 7200), width=st.integers(8, 120))
def test_past_the_play_head_there_are_limits_alone(values, t, width):
    """A fixed limit is known from the plan; measurements are not."""
    lane = Lane(values=values, style="", limits=(Limit("alarm", None, "> 50", 50.0),))
    axis = Axis(7200, width)
    rows = draw(lane, axis, t, 100, 4)

    assert {mark for row in rows for mark, _ in row[axis.column(t) + 1 :]} <= {" ", "┄"}


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


@given(t=st.floats(-1, 2000))
def test_stops_lead_on_and_back(t):
    """The next stop is later, the one before is earlier, and nothing happens in between."""
    later, earlier = BROKEN.next_stop(t), BROKEN.previous_stop(t)

    assert later is None or later > t
    assert earlier is None or earlier < t
    assert not [stop for stop in BROKEN.stops if (earlier or -2) < stop < (later or 2001) and stop != t]


def test_a_late_run_does_not_lengthen_the_axis_before_its_time():
    """An axis as long as the run would tell that the update takes so long."""
    late = film_of(replace(broken_run(), ended_s=4000.0), WORLD, PLAN)

    assert late.span_s(100) == 1860
    assert late.span_s(3000) == 3000


@pytest.mark.parametrize(
    ("t", "sign"),
    [(500, HERE), (672.9, HERE), (673, WRONG), (1800, WRONG)],
    ids=["baking", "at last", "ended", "later"],
)
def test_the_phase_that_the_rollback_ended_was_interrupted(t, sign):
    """As long as it goes on, nobody knows."""
    baking = broken_run().phases[2]

    assert sign_of(BROKEN, baking, t) == sign


def test_the_phases_of_a_good_update_are_done():
    """Every phase of a promoted release ends well."""
    film = film_of(healthy_run(), WORLD, PLAN)

    assert {sign_of(film, phase, 1860) for phase in film.run.phases} == {DONE}


@pytest.mark.parametrize(
    ("measured", "levels", "top"),
    [
        pytest.param([[60.0]], [5.0], 80, id="measurements above the limit"),
        pytest.param([[5.0]], [8.0], 10, id="a limit near the measurements"),
        pytest.param([[5.0]], [500.0], 6, id="a limit far away would flatten them"),
        pytest.param([[]], [500.0], 600, id="nothing measured yet"),
        pytest.param([[]], [], 1, id="nothing at all"),
    ],
)
def test_a_scale_shows_what_was_measured(measured, levels, top):
    """Limits get room as long as the measurements keep theirs."""
    assert scale(measured, levels, 2.0) == top


def test_only_what_is_over_was_seen():
    """The minute that is running does not count."""
    assert seen((1.0, None, 3.0), 179.0) == [1.0]
