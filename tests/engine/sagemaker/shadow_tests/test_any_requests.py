"""Any requests about shadow tests, at any time: what always holds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rollouts import canary, later, model, update
from tests.engine.sagemaker.invariants import (
    every_answer_is_one_of_awss,
    every_request_was_answered_once,
    fits,
    instances_are_never_negative,
    output_of,
    the_run_ended_in_a_state,
    traffic_is_whole,
)
from tests.engine.sagemaker.shadow_tests.experiments import (
    KEPT,
    PROMOTED,
    between,
    changed,
    created,
    deleted,
    mode,
    run_of,
    started,
    statuses,
    stopped,
    variant,
    where,
)

WORLDS = [where(duration_s=1500.0, new=new, rate=3.0) for new in (model(), model(start="failed-ping"))]
NEXT = {
    "Creating": {"Created", "Starting"},
    "Created": {"Starting", "Stopping"},
    "Starting": {"Running", "Cancelled"},
    "Running": {"Updating", "Stopping"},
    "Updating": {"Running"},
    "Stopping": {"Completed", "Cancelled"},
}
"""Which state follows which (spec inference 7.2)."""
times = st.sampled_from([0.0, 3.0, 50.0, 200.0, 500.0, 700.0, 900.0])
requests = st.sampled_from(
    [
        created(),
        created(100, source=variant("main", "v1", kind="ml.m5.xlarge", count=2)),
        created(schedule=between(WORLDS[0], 500, 1000)),
        created(schedule=between(WORLDS[0], None, 900)),
        changed(shadow_mode=mode(80)),
        changed(schedule=between(WORLDS[0], None, 1100)),
        changed(schedule=between(WORLDS[0], 700, 1100), model_variants=(variant(count=1),)),
        started(),
        stopped(KEPT),
        stopped(PROMOTED, desired_state="Completed"),
        stopped({"Shadow-01": "Retain"}, desired_variants=(variant(count=3),)),
        deleted(),
        update(),
        update(canary()),
    ]
)
steps = st.lists(st.builds(lambda after_s, request: later(after_s, request), times, requests), max_size=7)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WORLDS), steps)
def test_what_always_holds(world, steps):
    """Nothing is lost or answered twice, nothing ends half done, the bill adds up, and states follow each other."""
    run = run_of(world, *steps)

    for holds in (
        the_run_ended_in_a_state,
        traffic_is_whole,
        instances_are_never_negative,
        every_answer_is_one_of_awss,
    ):
        holds(run)
    every_request_was_answered_once(world, run)
    assert run.totals.cost_usd > 0
    assert abs(sum(run.costs.values()) - run.totals.cost_usd) < 1e-9
    assert all(each.agreed <= each.compared <= each.copied <= run.totals.requests for each in run.agreement.values())
    for each in run.experiments:
        fits(output_of("DescribeInferenceExperiment"), each)
    for (_, before), (_, after) in pairwise(statuses(run)):
        assert after in NEXT.get(before, {"Created", "Starting"})
    assert all(after in ("Created", "Starting") for _, after in statuses(run)[:1])
