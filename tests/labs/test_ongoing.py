"""A session that goes on with its clock is, to the last digit, the one that is simulated from the same actions."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan
from engine.requests.cloudwatch import Dimensions, MetricAlarm, MetricStat, SetAlarmState
from engine.requests.sagemaker import DeleteEndpointConfig, UpdateEndpoint
from labs.film.film import film_of
from labs.incidents.grading import close
from labs.incidents.ongoing import Ongoing
from labs.incidents.session import replay
from tests.built_in import PACK

ANSWERS = [(id, number) for id in PACK.incident_ids() for number in range(len(PACK.incident(id).answers))]
SENT_S, END_S = 306.0, 2700.0
MINUTES = ("errors_4xx", "errors_5xx", "requests", "p50_ms", "p99_ms", "instances")
STOP = SetAlarmState(alarm_name="v2-5xx", state_value="ALARM", state_reason="By hand.")
BACK = UpdateEndpoint(endpoint_name="arrivals", endpoint_config_name="arrivals-v1")
DELETE = DeleteEndpointConfig(endpoint_config_name="arrivals-v2")
NEW: Dimensions = (
    ("EndpointConfigName", "arrivals-v2"),
    ("EndpointName", "arrivals"),
    ("VariantName", "main"),
)
SLOW = MetricAlarm(
    alarm_name="slow",
    metric=MetricStat(namespace="AWS/SageMaker", metric_name="ModelLatency", dimensions=NEW, stat="p99", period=60),
    evaluation_periods=2,
    threshold=1000.0,
    comparison_operator="GreaterThanThreshold",
)
"""Asks for something that nobody had asked for before."""


@cache
def silent_rollback():
    return PACK.incident("silent-rollback")


def ongoing(release="picky", seed=1):
    return Ongoing(silent_rollback(), release, seed)


def lived(session, *moments, until_s=None):
    """Live through a session with requests at their moments; return it at its end, and what was refused."""
    refused = []
    for t, request in moments:
        session.advance(t)
        refused.append(session.act(request))
    if until_s is not None:
        session.advance(until_s)
    return session.end(), [each is not None for each in refused]


def again(ended):
    """The same release, day and actions, simulated from the start."""
    return replay(ended.incident, ended.release.id, Plan(ended.actions), ended.seed)


def at_a_look(film, t):
    """Everything that is drawn of what had happened before a moment, such as fleets in whole minutes."""
    over = int(t // 60)
    return {
        "minutes": [
            [getattr(each, name)[:over] for name in MINUTES]
            for each in film.fleets
            if any(each.config in change.counts and change.t < t for change in film.run.instances)
        ],
        "cost": (film.cost_usd[:over], film.cost_without_usd[: int(film.run.duration_s // 60)]),
        "events": [each for each in film.run.events if each.t < t],
        "alarms": [film.alarm_state(name, t) for name in film.alarms(t)],
        "endpoint": [each for each in film.run.endpoint_history if each[0] < t],
        "traffic": [each for each in film.run.traffic if each.t < t],
        "phases": [(each.start, each.say, ended(film, each, t)) for each in film.phases(t) if each.start < t],
        "stops": [stop for stop in film.stops if stop < t],
    }


def ended(film, phase, t):
    at = film.ended_s(phase)
    return None if at is None or at >= t else at


@pytest.mark.parametrize("id, number", ANSWERS)
def test_every_answer_is_seen_and_ends_as_it_is_simulated(id, number):
    """Looked at at odd moments: what is drawn is what the simulated run has up to then. At the end the whole run is
    equal to it, and so are actions and verdict."""
    incident = PACK.incident(id)
    answer, dice = incident.answers[number], Random(f"{id}/{number}")
    whole = replay(incident, answer.release, answer.file.plan, number)
    film, world = film_of(whole.run, whole.world, whole.plan), whole.world
    session, steps = Ongoing(incident, answer.release, number), list(whole.actions)
    t = world.update_at_s
    while t < world.duration_s:
        t = min(t + dice.uniform(0, 40), world.duration_s)
        while steps and world.update_at_s + steps[0].after_s <= t:
            step = steps.pop(0)
            session.advance(world.update_at_s + step.after_s)
            session.act(step.request)
        session.advance(t)
        seen = session.seen()
        assert at_a_look(film_of(seen.run, seen.world, seen.plan), t) == at_a_look(film, t)
    result = session.end()

    assert result == whole
    assert close(result).goals == close(whole).goals


ODD = [
    pytest.param([(SENT_S, STOP)], [False], id="in the first moment"),
    pytest.param([(657.3141592653589, STOP), (657.3141592653589, BACK)], [False, True], id="two at one moment"),
    pytest.param([(660.0, BACK), (660.0, STOP), (660.0, BACK)], [True, False, True], id="three at a full minute"),
    pytest.param([(600.1, BACK), (600.2, BACK), (600.30000000000007, STOP)], [True, True, False], id="refused, twice"),
    pytest.param([(END_S - 0.1, STOP), (END_S - 1e-9, DELETE)], [False, False], id="in the last second"),
    pytest.param([(END_S - 30.5, BACK)], [False], id="an update that is not over in time"),
    pytest.param([(400.7, SLOW), (1801.25, BACK)], [False, False], id="an alarm on something new"),
]


@pytest.mark.parametrize("release", ["crashing", "sound", "picky"])
@pytest.mark.parametrize("moments, refused", ODD)
def test_odd_moments(release, moments, refused):
    """Nothing that is sent is lost, whatever else comes at that moment."""
    result, said = lived(ongoing(release), *moments)

    assert len(result.actions) == len(moments)
    assert result == again(result)
    if release == "picky":
        assert said == refused


@given(
    times=st.lists(st.floats(SENT_S, END_S), min_size=1, max_size=4).map(sorted),
    requests=st.lists(st.sampled_from([STOP, BACK, DELETE]), min_size=4, max_size=4),
    release=st.sampled_from(["crashing", "sound", "picky"]),
)
@settings(max_examples=25, deadline=None)
def test_any_moments(times, requests, release):
    """Whatever is sent and whenever, acting step by step is acting at once."""
    result, _ = lived(ongoing(release, 5), *zip(times, requests, strict=False))

    assert result == again(result)


def test_an_early_end_leaves_the_rest_to_itself():
    """Whoever deletes, or leaves, sees no more; what follows by itself is played out and counts."""
    deleted, _ = lived(ongoing("sound"), (700.5, DELETE))
    left, _ = lived(ongoing("crashing"), until_s=500.25)

    assert deleted == again(deleted)
    assert left == again(left)
    assert left.run.outcome == "rolled-back"


def test_nothing_is_known_of_what_comes():
    """Until green fails, a good and a bad release have had the same run."""
    runs = []
    for release in ("crashing", "sound", "picky"):
        session = ongoing(release, 5)
        session.advance(440.0)
        runs.append(session.seen().run)
        session.let_go()

    assert runs[0] == runs[1] == runs[2]
    assert runs[0].ended_s <= 440.0
    assert runs[0].update_ended_s is None


def test_a_look_is_new_only_where_something_is():
    """In the seconds in between it is the very same value; every event, action and minute brings another."""
    session = ongoing()
    session.advance(330.0)
    before = session.seen()
    session.advance(359.9)
    assert session.seen() is before
    session.advance(360.0)
    minute = session.seen()
    assert minute is not before
    session.act(BACK)

    assert session.seen() is not minute
    assert [each.what for each in session.seen().run.events if each.is_refusal] == ["ValidationException"]
    session.let_go()


def test_a_phase_goes_on_until_it_has_ended():
    """However long ago the run was looked at."""
    session = ongoing()
    session.advance(331.0)
    seen = session.seen()
    film = film_of(seen.run, seen.world, seen.plan)

    assert [(each.status, film.ended_s(each)) for each in film.phases(331.0)] == [("Creating", None)]
    assert film.stops == (SENT_S,)
    session.let_go()


def test_letting_go_is_for_those_who_do_not_end():
    """Afterwards, and twice, it does nothing; who ends all the same gets what it would have been."""
    session = ongoing()
    result = session.end()
    session.let_go()
    other = ongoing()
    other.let_go()
    other.let_go()

    assert result == again(result)
    assert other.end() == result


def test_an_unknown_release_is_an_error():
    """As for a session that is replayed."""
    with pytest.raises(KeyError):
        ongoing("nowhere")
