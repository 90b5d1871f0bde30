"""What holds for every policy: capacity stays within its bounds, and steps are a function of the breach."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.autoscaling.combination import Bounds
from engine.autoscaling.cooldowns import Cooldowns
from engine.autoscaling.refusals import refused_policy
from engine.autoscaling.stepping import adjusted, rounded, step_at
from engine.autoscaling.tracking import wanted_in, wanted_out
from tests.engine.autoscaling.policies import step, stepping

KINDS = st.sampled_from(["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"])


@st.composite
def policies(draw):
    """Draw a policy whose steps cover every breach, higher ones asking for no less."""
    cuts = sorted(draw(st.sets(st.integers(-50, 50), min_size=1, max_size=5)))
    edges = [None, *cuts, None]
    kind = draw(KINDS)
    least = 0 if kind == "ExactCapacity" else -200
    changes = sorted(draw(st.lists(st.integers(least, 200), min_size=len(cuts) + 1, max_size=len(cuts) + 1)))
    magnitude = draw(st.none() | st.integers(1, 9)) if kind == "PercentChangeInCapacity" else None
    steps = [step(change, low, high) for change, low, high in zip(changes, edges, edges[1:], strict=False)]
    return stepping(*steps, kind=kind, min_adjustment_magnitude=magnitude)


@given(policies(), st.floats(-1e6, 1e6), st.integers(0, 1000))
def test_every_breach_has_one_step(policy, breach, current):
    """Steps without holes or overlaps cover all breaches, each once: the new capacity is a total function."""
    steps = policy.step_scaling.step_adjustments

    assert list(refused_policy(policy)) == []
    assert step_at(steps, breach) == step_at(steps[::-1], breach) is not None
    assert adjusted(policy.step_scaling, breach, current) >= 0


@given(policies(), st.floats(-100, 100), st.floats(-100, 100), st.integers(0, 1000))
def test_a_larger_breach_never_gives_less(policy, one, other, current):
    """Where steps ask for more the higher they are, so does the policy."""
    low, high = sorted((one, other))

    assert adjusted(policy.step_scaling, low, current) <= adjusted(policy.step_scaling, high, current)


@given(st.floats(-1e6, 1e6))
def test_rounding_goes_towards_zero_and_keeps_the_sign(change):
    """Nothing is nothing, anything is at least one, and the rest is cut."""
    assert rounded(change) * change >= 0
    assert (rounded(change) == 0) == (change == 0)
    assert abs(rounded(change)) <= max(1, abs(change))


@given(st.integers(1, 500), st.floats(0, 1e6), st.floats(1, 1e5), st.integers(1, 50), st.integers(0, 50))
def test_tracking_keeps_the_target_within_the_bounds(current, metric, target, low, more):
    """Outward the metric comes down to the target, inward it never rises above it, and bounds hold in any case."""
    out, fewer = wanted_out(current, metric, target), wanted_in(current, metric, target)
    bounds, left = Bounds(low, low + more), fewer if metric < target else out

    assert out >= current >= fewer
    assert current * metric <= max(out, left) * target * (1 + 1e-6)
    assert metric >= target or current * metric <= fewer * target * (1 + 1e-6) + 1e-6 * target
    assert bounds.low <= bounds.clamped(out) <= bounds.high


CHANGES = st.lists(st.tuples(st.integers(1, 50), st.floats(0, 400), st.sampled_from([0, 60, 300])), max_size=8)


@given(CHANGES)
def test_a_cooldown_never_counts_more_than_there_is(changes):
    """Whatever follows whatever: a scale-out adds to at least nothing and at most what there is."""
    cooling, current, now = Cooldowns(), 1, 0.0
    for capacity, later, cooldown_s in changes:
        if capacity != current:
            cooling = cooling.after(current, capacity, began=now, now=now + 180, cooldown_s=cooldown_s)
        current, now = capacity, now + 180 + later

        assert cooling.base(current, now) <= current
        assert cooling.base(current, now + 301) == current
        assert cooling.lets_in(now + 301)
