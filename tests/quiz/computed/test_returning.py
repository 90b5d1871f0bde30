"""Each family about ways back and what an endpoint says, against an independent closed form."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.computed import returning


@given(st.integers(1, 60), st.integers(1, 50), st.integers(1, 8), st.integers(1, 12), st.integers(1, 30))
def test_failures_last_as_long_as_the_launch(rate, percent, instances, launch, bake):
    """The bake adds none: all traffic has moved before it."""
    found = returning.way_back(rate, percent, instances, launch, bake)
    whole = 60 * rate * percent % 100 == 0

    assert (found is None) == (not whole or launch == bake)
    if found:
        a_minute = 60 * rate * percent // 100
        counts = [int(str(found[name]).replace(",", "")) for name in ("failed", "bake_only", "all")]
        assert counts == [a_minute * launch, a_minute * bake, a_minute * (launch + bake)]


@given(st.integers(3, 4), st.integers(8, 12), st.integers(6, 10), st.integers(1, 40), st.sampled_from(["well", "home"]))
@settings(max_examples=20, deadline=None)
def test_status_name_and_reason_change_at_the_end(launch, wait, bake, minute, ending):
    """A good canary ends after launch and bakes; one that fails everything about three minutes after its first
    request, and a minute and a half later it is home."""
    found = returning.says_at(launch, wait, bake, minute, ending)
    end = launch + wait + bake + 1 if ending == "well" else launch + 5
    assume(found is not None and abs(minute - end) > 2)
    says = "InService; the new configuration; no" if ending == "well" else "InService; the old configuration; today's"

    assert found["right"].startswith(says if minute > end else "Updating; the old configuration; last night's")
    assert len({found["right"], *(found[f"wrong_{k}"] for k in (1, 2, 3))}) == 4
    assert ("No alarm" in found["story"]) == (ending == "well")


@pytest.mark.parametrize(("instances", "launch", "wait", "bake"), [(4, 3, 10, 12), (8, 4, 5, 20)])
def test_messages_tell_seconds_and_instances(instances, launch, wait, bake):
    """Each phase has its own, and afterwards nothing is pending."""
    found = returning.messages(instances, launch, wait, bake, 2)

    assert [found[f"minute_{k}"] for k in (1, 2, 3, 4)] == [2, launch + 2, launch + wait + 2, launch + wait + bake + 2]
    assert found["message_1"] == f"Launching {instances} instance(s)."
    assert f"{60 * wait} seconds" in found["message_2"]
    assert "canary capacity of 1 " in found["message_2"]
    assert f"{60 * bake} seconds" in found["message_3"]
    assert f"full capacity of {instances} " in found["message_3"]
    assert found["message_4"] == "There is no PendingDeploymentSummary"


def test_a_phase_that_is_over_makes_no_question():
    """Nor do two bakes that nobody could tell apart."""
    assert returning.messages(4, 3, 10, 12, 3) is None
    assert returning.messages(4, 3, 10, 10, 2) is None
