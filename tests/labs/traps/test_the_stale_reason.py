"""Incident the-stale-reason: FailureReason stands until another update has ended (spec sagemaker 3.1)."""

from __future__ import annotations

from functools import cache

import pytest

from engine.plan import Plan
from engine.run import Run
from labs.incidents.session import Incident, replay
from labs.incidents.waiter import waiting
from tests.built_in import PACK

SENT_S = 306.0


@cache
def incident() -> Incident:
    """The built-in one."""
    return PACK.incident("the-stale-reason")


@cache
def run(release: str, seed: int = 0) -> Run:
    """What happens if nobody acts."""
    return replay(incident(), release, Plan(), seed).run


def reasons(run: Run) -> list[tuple[str, str | None]]:
    """Status and reason, from the start to the end, each once in a row."""
    told = [(answer["EndpointStatus"], answer.get("FailureReason")) for _, answer in run.endpoint_history]
    return [each for place, each in enumerate(told) if place == 0 or told[place - 1] != each]


@pytest.mark.parametrize("seed", range(4))
def test_a_good_update_takes_the_reason_away_at_its_end(seed):
    """And not a second earlier."""
    last_night = incident().world.endpoint.failure_reason

    assert reasons(run("mended", seed)) == [
        ("InService", last_night),
        ("Updating", last_night),
        ("InService", None),
    ]


@pytest.mark.parametrize("release", ["not-mended", "worse-with-time"])
def test_after_another_rollback_the_words_are_the_same(release):
    """Letter for letter: nothing in the endpoint's answer but the status tells that something has happened."""
    played = run(release)
    before, after = played.endpoint_history[0][1], played.endpoint

    assert played.outcome == "rolled-back"
    assert {key: value for key, value in after.items() if before.get(key) != value}.keys() <= {
        "LastModifiedTime",
        "LastDeploymentConfig",
    }


@pytest.mark.parametrize("release", ["mended", "not-mended", "worse-with-time"])
def test_the_waiter_is_as_blind_as_before(release):
    """It succeeds after all three."""
    played = run(release)

    assert waiting(played, played.ended_s).verdict == "success"


@pytest.mark.parametrize("seed", range(4))
def test_one_release_goes_home_after_it_had_all_traffic(seed):
    """Whoever tidies up halfway deletes the configuration that serves in the end."""
    played = run("worse-with-time", seed)
    full = next(change.t for change in played.traffic if change.shares == {"tides-v9": 1.0})

    assert full < played.update_ended_s
    assert played.endpoint["EndpointConfigName"] == "tides-v7"


def test_the_seconds_of_the_lesson_are_those_of_this_run():
    """What DescribeEndpoint says of the good update, when it changes, and how many events there are (seed 0)."""
    played = run("mended")
    changes = [round(t - SENT_S) for t, _ in played.endpoint_history if t >= SENT_S]
    kinds = [event["detail-type"] for event in played.event_bridge]

    assert {0, 5, 182, 669, 1269, 1299} <= set(changes)
    assert (len(kinds), kinds.count("SageMaker Endpoint State Change")) == (10, 2)
    assert played.event_bridge[-1]["detail"]["EndpointStatus"] == "IN_SERVICE"


def test_the_alarm_remembers_what_the_endpoint_does_not():
    """Three changes with their times; the endpoint was InService at 09:08:27."""
    played = run("not-mended")
    [ended] = [t for t, answer in played.endpoint_history[1:] if answer["EndpointStatus"] == "InService"]

    assert [item["Timestamp"][11:19] for item in played.alarm_history] == ["09:01:59", "09:06:59", "09:11:59"]
    assert f"{incident().world.clock(ended):%H:%M:%S}" == "09:08:27"
