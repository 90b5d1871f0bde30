"""However much stands in a plan, judging it comes to an end soon: steps are counted, not seconds."""

from __future__ import annotations

import sys

import pytest

from engine.aws import finding
from engine.aws.calls import MOST_REQUESTS
from engine.aws.checking import accepts, check
from engine.aws.finding import MOST_COMPARED, did_you_mean
from tests.engine.aws.examples import ALARM, CANARY, update
from tests.engine.aws.worlds import world


def updates(number):
    """A plan that updates the endpoint again and again."""
    return {"Later": [{"AfterSeconds": index, **update(CANARY)} for index in range(number)]}


def alarms(number):
    """A plan with so many alarms."""
    return {"PutMetricAlarm": [{**ALARM, "AlarmName": f"a{index}"} for index in range(number)]}


@pytest.mark.parametrize("plan", [updates, alarms])
def test_more_requests_than_anybody_writes_are_refused(plan):
    """In one sentence that says how many may be there; one less is judged like any plan."""
    world_ = world()
    refused = [each for each in check(plan(MOST_REQUESTS + 1), world_) if not each.path]
    judged = [each for each in check(plan(MOST_REQUESTS), world_) if not each.path and each.severity != "advice"]

    assert [(each.severity, each.say) for each in refused] == [
        ("not-simulated", "A plan holds at most 200 requests, this one 201. Leave out what nobody waits for.")
    ]
    assert judged == []


def test_what_was_asked_for_is_followed_in_one_go():
    """Twice the updates take four times the steps: each looks back once, and not again from each it looks at."""
    few, many = (_steps(updates(number)) for number in (50, 100))

    assert many / few < 4.2


def _steps(plan):
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    world_, before = world(), sys.getprofile()
    accepts(plan, world_)  # whatever is read or imported at the first time
    sys.setprofile(count)
    try:
        accepts(plan, world_)
    finally:
        sys.setprofile(before)
    return calls


def test_few_words_are_compared(monkeypatch):
    """Those of the nearest length: with a thousand long names the right one is still found."""
    compared = []
    closest = finding.get_close_matches
    monkeypatch.setattr(
        finding,
        "get_close_matches",
        lambda word, known, **how: compared.append(len(known)) or closest(word, known, **how),
    )
    names = [f"alarm-{'x' * index}" for index in range(1000)] + ["errors-of-green"]

    assert did_you_mean("erors-of-green", names) == "Did you mean errors-of-green?"
    assert compared == [MOST_COMPARED]
