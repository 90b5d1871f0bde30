"""Lab repair-that-cannot-get-in: an alarm on both fleets hears the old model and sends every repair home (spec
sagemaker 3)."""

import math
import re
from dataclasses import replace

import pytest

from course.content.packs import built_in_pack
from engine.plan import Plan
from engine.requests.sagemaker import CapacitySize, UpdateEndpoint
from engine.simulate import simulate
from tests.built_in import PACK

SICK, LINE = 0.06, 0.03
SEEDS = range(4)
BOTH = frozenset({("EndpointName", "stepfree"), ("VariantName", "main")})


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("repair-that-cannot-get-in")


def unguarded(plan, percent):
    """Return the plan with a canary of that size and no alarm named, so that every run bakes to its end."""

    def mended(request):
        if not isinstance(request, UpdateEndpoint):
            return request
        policy = request.deployment_config.blue_green_update_policy
        size = CapacitySize(type="CAPACITY_PERCENT", value=percent)
        routing = replace(policy.traffic_routing_configuration, canary_size=size)
        policy = replace(policy, traffic_routing_configuration=routing)
        return replace(
            request,
            deployment_config=replace(request.deployment_config, blue_green_update_policy=policy, alarms=()),
        )

    return Plan(tuple(replace(step, request=mended(step.request)) for step in plan.steps))


def in_the_canary(run, name):
    """Return the sum of a metric of both fleets over the full minutes of the first bake."""
    bake = next(phase for phase in run.phases if phase.status == "Baking")
    [series] = [m for m in run.metrics if (m.name, m.stat, frozenset(m.dimensions)) == (name, "Sum", BOTH)]
    return sum(point or 0.0 for point in series.points[math.ceil(bake.start / 60) : int(bake.end / 60)])


@pytest.mark.parametrize(("percent", "known"), [(25, 0.045), (50, 0.03)])
def test_what_both_fleets_show_of_a_perfect_repair(lab, percent, known):
    """4.5 % in a canary of a quarter, 3.0 % in the largest there may be: the lesson's table, within three standard
    errors of the simulated average."""
    where = lab.world_with(lab.release("repaired"))
    runs = [simulate(where, unguarded(lab.start.plan, percent), seed) for seed in SEEDS]
    errors, requests = (
        sum(in_the_canary(run, name) for run in runs) for name in ("Invocation5XXErrors", "Invocations")
    )
    text = (built_in_pack() / "15-automated-rollback" / "lesson.md").read_text(encoding="utf-8")

    assert (1 - percent / 100) * SICK == pytest.approx(known)
    assert abs(errors / requests - known) < 3 * math.sqrt(known * (1 - known) / requests)
    assert re.search(rf"^\| {percent} %.* \| {100 * known:.1f} % \|$", text, re.M)


def test_no_canary_is_large_enough(lab):
    """The old model alone keeps the metric at the line or above it, up to the half that AWS allows."""
    assert lab.world.models["stepfree-v4"].error_rate_5xx == SICK
    assert all((1 - percent / 100) * SICK >= LINE for percent in range(1, 51))


def test_the_alarm_is_there_before_the_repair(lab):
    """It fires while green is being launched, within two minutes, and the update ends at the first look."""
    where = lab.world_with(lab.release("repaired"))
    for seed in SEEDS:
        run = simulate(where, lab.start.plan, seed, series=False)
        fired = next(change.t for change in run.alarms if change.to_state == "ALARM")
        first_request = next(phase.start for phase in run.phases if phase.status == "ActivatingTraffic")

        assert fired < min(first_request, where.update_at_s + 120)
        assert run.outcome == "rolled-back"


def test_the_right_fleet_lets_it_in(lab):
    """With the new configuration's name the same line lets the repair in."""
    where = lab.world_with(lab.release("repaired"))

    assert {simulate(where, lab.reference.plan, seed, series=False).outcome for seed in SEEDS} == {"promoted"}
