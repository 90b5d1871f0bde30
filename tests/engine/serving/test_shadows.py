"""Shadow variants: a share of the requests is copied, and callers never notice (spec sagemaker 9, inference 7.3)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan
from engine.serving.faults import Leak
from engine.serving.model import Judgement, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import GOOD, canary, errors_alarm, guarded, model
from tests.engine.sagemaker.plans import simple_plans
from tests.engine.serving.models import models
from tests.engine.shadows import DIES, of_production, points, shadow, without_shadows, world_with

DROWNING = model(service=ServiceTime(mean_ms=5_000.0), queue="shared", queue_limit=2)
"""A model that has no time for what it is given."""


def what_callers_see(run):
    """Return what a run says of callers and of the update: all that a shadow must not change."""
    totals = replace(run.totals, instance_minutes=0.0, extra_instance_minutes=0.0, cost_usd=0.0)
    traffic, phases = run.traffic, run.phases
    return run.requests, totals, of_production(run), traffic, phases, run.outcome, run.alarms


@pytest.mark.parametrize(
    "of", [GOOD, DIES, DROWNING, model(faults=(Leak(requests=30),))], ids=["good", "fails", "drowns", "leaks"]
)
@pytest.mark.parametrize("weight", [0.25, 1.0])
def test_callers_never_notice(of, weight):
    """Requests, totals, alarms and production metrics are bit for bit those without a shadow, be it one that fails
    everything, has no capacity or runs out of memory (spec inference 7.3)."""
    with_it = world_with(shadow(weight), of=of, duration_s=900.0)
    runs = [simulate(each, guarded(canary), 3) for each in (with_it, without_shadows(with_it))]

    assert what_callers_see(runs[0]) == what_callers_see(runs[1])
    assert runs[0].agreement["v1/shadow"].copied > 0


@settings(max_examples=25, deadline=None)
@given(models, simple_plans, st.integers(0, 50), st.sampled_from([0.1, 0.5, 1.0]), st.booleans())
def test_callers_never_notice_any_shadow(of, plan, seed, weight, aware):
    """The same of any model, any plan and any seed, also where requests go to the shortest queue."""
    routing = "LEAST_OUTSTANDING_REQUESTS" if aware else "RANDOM"
    with_it = world_with(shadow(weight, routing_strategy=routing), of=of, duration_s=600.0, update_at_s=66.6)
    runs = [simulate(each, plan, seed) for each in (with_it, without_shadows(with_it))]

    assert what_callers_see(runs[0]) == what_callers_see(runs[1])


def test_a_shadow_that_fails_everything_shows_it():
    """Its errors are in its own metrics, one per copy, and an alarm on them sees them (spec inference 7.3)."""
    dimensions = (("EndpointName", "churn"), ("VariantName", "shadow"))
    own, of_main = (
        errors_alarm(name, dimensions=tuple(dimensions))
        for name, dimensions in (("own", dimensions), ("main", (dimensions[0], ("VariantName", "main"))))
    )
    run = simulate(world_with(of=DIES, alarms=(own, of_main)), Plan(), 1)

    assert points(run, "Invocation5XXErrors", "Sum") == points(run, "Invocations", "Sum")
    assert run.totals.errors_5xx == 0
    assert run.alarm_states == {"own": "ALARM", "main": "OK"}


@pytest.mark.parametrize("weight, main_weight, share", [(0.5, 1.0, 0.5), (0.1, 1.0, 0.1), (1.0, 4.0, 0.25)])
def test_how_many_are_copied(weight, main_weight, share):
    """Of n requests n p, within 1.96 standard deviations nineteen times out of twenty (spec sagemaker 9, inference
    7.3)."""
    base = world_with(shadow(weight), rate=20.0)
    main = replace(base.configs[0].production_variants[0], initial_variant_weight=main_weight)
    where = replace(base, configs=(replace(base.configs[0], production_variants=(main,)), base.configs[1]))
    runs = [simulate(where, Plan(), seed, series=False, keep_requests=False) for seed in range(20)]
    off = [abs(run.agreement["v1/shadow"].copied - share * run.totals.requests) for run in runs]
    bands = [1.96 * math.sqrt(run.totals.requests * share * (1 - share)) for run in runs]

    assert sum(each > band for each, band in zip(off, bands, strict=True)) <= 4
    assert max(each / band for each, band in zip(off, bands, strict=True)) < 2


def test_all_are_copied_at_the_same_weight():
    """A shadow of production's weight gets every request, and one that is heavier no request twice."""
    runs = [simulate(world_with(shadow(weight)), Plan(), 1) for weight in (1.0, 7.0)]

    assert {run.agreement["v1/shadow"].copied for run in runs} == {runs[0].totals.requests}
    assert sum(filter(None, points(runs[0], "Invocations", "Sum"))) == sum(
        filter(None, points(runs[0], "Invocations", "Sum", variant="main"))
    )


def test_a_larger_share_copies_what_a_smaller_one_copies():
    """The same request meets the same number, whatever the share: the errors that a small share meets are met again
    (common random numbers)."""
    found = [simulate(world_with(shadow(weight)), Plan(), 5).agreement["v1/shadow"].copied for weight in (0.2, 0.6)]
    flaky = [
        sum(
            filter(
                None,
                points(
                    simulate(world_with(shadow(w), of=model(error_rate_5xx=0.3)), Plan(), 5),
                    "Invocation5XXErrors",
                    "Sum",
                ),
            )
        )
        for w in (0.2, 0.6)
    ]

    assert found[0] < found[1]
    assert flaky[0] <= flaky[1]


def test_an_overloaded_shadow_waits_alone():
    """Its own queue grows; no latency of production does (spec inference 7.3)."""
    run = simulate(world_with(shadow(1.0, count=1), of=model(service=ServiceTime(mean_ms=800.0)), rate=5.0), Plan(), 1)
    slow = [point for point in points(run, "ModelLatency", "Average") if point is not None]
    quick = [point for point in points(run, "ModelLatency", "Average", variant="main") if point is not None]

    assert slow[-1] == 60_000_000 > slow[0]
    assert max(quick) < 100_000


def test_a_request_cannot_name_a_shadow():
    """TargetVariant chooses among production variants; the shadow gets its copies of what they answer."""
    asked = world_with(shadow(1.0), workload=Workload(rate=5, target_variants=(("main", 0.5),)))
    run = simulate(asked, Plan(), 1)

    assert run.agreement["v1/shadow"].copied == run.totals.requests


@pytest.mark.parametrize("every_s", [3.7, 11.0, 60.0])
def test_cutting_changes_nothing(every_s):
    """However often the data plane is moved, a shadow's counts and comparisons are the same."""
    judged = {
        "of": model(answers=Judgement(right=0.9, independent=0.2), faults=(Leak(requests=50, restart_requests=9),))
    }
    where = world_with(shadow(0.5), old=model(answers=Judgement(right=0.9)), **judged)
    whole, cut = simulate(where, Plan(), 1), simulate(where, Plan(), 1, cut_every_s=every_s)

    assert whole.agreement == cut.agreement
    for mine, other in zip(cut.metrics, whole.metrics, strict=True):
        np.testing.assert_allclose([p or 0.0 for p in mine.points], [p or 0.0 for p in other.points], 1e-9, 1e-9)


class TestAgreement:
    """How two models compare on the very same requests."""

    @staticmethod
    def compared(production, other, **fields):
        """Return the agreement of two models over half an hour at 20 requests a second, all copied."""
        where = world_with(shadow(1.0), old=model(answers=production), of=model(answers=other), rate=20.0, **fields)
        return simulate(where, Plan(), 1, series=False).agreement["v1/shadow"]

    @pytest.mark.parametrize(
        "production, other",
        [
            (Judgement(right=0.9), Judgement(right=0.95)),
            (Judgement(right=0.9), Judgement(right=0.9, independent=0.3)),
            (Judgement(right=0.6, independent=1.0), Judgement(right=0.8, independent=1.0)),
            (Judgement(right=1.0), Judgement(right=0.5)),
        ],
    )
    def test_theory(self, production, other):
        """Rightness of each and agreement are the shares that the models have, within four standard errors."""
        found = self.compared(production, other)
        n = found.compared

        for count, share in (
            (found.right_production, production.right),
            (found.right_shadow, other.right),
            (found.agreed, production.agreement(other)),
        ):
            assert count == pytest.approx(n * share, abs=4 * math.sqrt(n * share * (1 - share)) + 1e-9)
        assert n == found.copied

    def test_the_better_model_is_right_wherever_the_worse_is(self):
        """Without a mind of its own: they agree on all but the difference (common random numbers)."""
        found = self.compared(Judgement(right=0.9), Judgement(right=0.95))

        assert found.compared - found.agreed == found.right_shadow - found.right_production

    def test_the_same_model_agrees_with_itself(self):
        """Also one that judges by itself."""
        judgement = Judgement(right=0.7, independent=0.5)
        where = world_with(shadow(1.0, model_name="v1"), old=model(answers=judgement))
        found = simulate(where, Plan(), 1).agreement["v1/shadow"]

        assert found.agreed == found.compared > 0

    def test_only_answers_are_compared(self):
        """A request that one of the two fails has no answer; a model that does not say how good it is, none to tell."""
        failing = world_with(
            shadow(1.0), old=model(answers=Judgement(right=0.9)), of=replace(DIES, answers=Judgement(right=1))
        )
        silent = world_with(shadow(1.0), old=model(answers=Judgement(right=0.9)))

        for where in (failing, silent):
            found = simulate(where, Plan(), 1).agreement["v1/shadow"]
            assert (found.compared, found.agreed) == (0, 0)
            assert found.copied > 0

    @pytest.mark.parametrize("one", [0.0, 0.3, 1.0])
    @pytest.mark.parametrize("two", [0.0, 0.3, 1.0])
    def test_agreement_is_a_share(self, one, two):
        """Between the least and the most that two rates of right answers allow, and the same from both sides."""
        a, b = Judgement(right=0.8, independent=one), Judgement(right=0.7, independent=two)

        assert a.agreement(b) == b.agreement(a)
        assert 0.5 - 1e-12 <= a.agreement(b) <= 0.9 + 1e-12
