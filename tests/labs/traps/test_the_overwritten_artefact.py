"""Incident the-overwritten-artefact: the old name launches the new model (spec sagemaker 1.6, inference 10)."""

from __future__ import annotations

from functools import cache

import pytest

from labs.incidents.grading import close, figures
from labs.incidents.session import Incident, Session, replay
from tests.built_in import PACK

SENT_S = 306.0
AGE_S = 480.0
"""How long the new model's instances are well."""


@cache
def incident() -> Incident:
    """The built-in one."""
    return PACK.incident("the-overwritten-artefact")


@cache
def session(release: str, answer: str, seed: int = 0) -> Session:
    """What comes of one of its own answers."""
    [plan] = {each.file.plan for each in incident().answers if each.file.name == answer}
    return replay(incident(), release, plan, seed)


def errors(run, config):
    """The 4xx errors of a configuration, minute by minute of the run."""
    name = (("EndpointConfigName", config), ("EndpointName", "bloodbank"), ("VariantName", "main"))
    [points] = [m.points for m in run.metrics if (m.name, m.dimensions) == ("Invocation4XXErrors", name)]
    return [point or 0.0 for point in points]


@pytest.mark.parametrize("release", ["stale-list", "filling-up"])
@pytest.mark.parametrize("seed", range(3))
def test_the_harm_begins_when_the_update_is_over(release, seed):
    """No bake and no alarm can see it: three minutes later the first instance is eight minutes old."""
    run = session(release, "back-to-september.yaml", seed).run
    ended = next(event.t for event in run.events if event.what == "InService")
    served = next(change.t for change in run.traffic if change.shares.get("bloodbank-v5"))

    assert 100 < served + AGE_S - ended < 200
    assert not any(alarm.to_state == "ALARM" for alarm in run.alarms)


def test_back_to_v4_is_a_success_in_every_field_and_brings_v5_back():
    """InService on the old name, no reason, calm for eight minutes; then the same three in ten."""
    run = session("stale-list", "back-to-v4.yaml").run
    counts = errors(run, "bloodbank-v4")
    back = next(change.t for change in run.traffic if change.t > 1100 and change.shares.get("bloodbank-v4"))
    first, last = int((back + AGE_S) // 60), len(counts)

    assert run.endpoint["EndpointConfigName"] == "bloodbank-v4"
    assert run.endpoint["EndpointStatus"] == "InService"
    assert "FailureReason" not in run.endpoint
    assert max(counts[int(back // 60) : first]) < 20
    assert min(counts[first + 1 : last]) > 100


def test_the_numbers_of_the_lesson_are_those_of_this_run():
    """Errors a minute at both ways back, as the lesson draws them (seed 0, minute 5 of the run is the update's)."""
    v4, sept, v5 = (
        errors(session("stale-list", answer).run, config)
        for answer, config in (
            ("back-to-v4.yaml", "bloodbank-v4"),
            ("back-to-september.yaml", "bloodbank-sept"),
            ("back-to-v4.yaml", "bloodbank-v5"),
        )
    )

    assert [v5[5 + minute] for minute in (10, 11, 13, 15, 17)] == [1, 135, 148, 119, 153]
    assert [v4[5 + minute] for minute in (19, 22, 25, 26, 27, 44)] == [4, 0, 2, 32, 148, 148]
    assert [sept[5 + minute] for minute in (19, 22, 25, 28, 32, 44)] == [4, 0, 2, 2, 0, 1]


@pytest.mark.parametrize("seed", range(4))
def test_a_key_of_its_own_ends_the_harm(seed):
    """In under eight minutes from its beginning, with an answer that takes its time."""
    found = figures(session("stale-list", "back-to-september.yaml", seed))

    assert 400 < found["harm-lasted"].value < 500
    assert found["way-back"].say == "bloodbank-sept is left"
    assert close(session("stale-list", "back-to-september.yaml", seed)).passed


def test_what_stood_from_the_start_is_the_old_model():
    """A stop in the bake would have returned to instances that loaded their model in September."""
    run = session("stale-list", "back-to-v4.yaml").run

    assert sum(errors(run, "bloodbank-v4")[:8]) < 20
