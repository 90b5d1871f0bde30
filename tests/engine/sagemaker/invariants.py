"""What holds for every run, whatever the world and the plan."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from tests.engine.serving.tape import arrived

ENDED = ("InService", "UpdateRollbackFailed")
REASON = "One or more configured alarm for automatic rollback deployment is in ALARM state: [{}]."


def check(world, run):
    """Assert all of them."""
    every_request_was_answered_once(world, run)
    the_run_ended_in_a_state(run)
    traffic_is_whole(run)
    phases_follow_each_other(run)
    the_bill_is_what_ran(world, run)
    instances_are_never_negative(run)
    every_answer_is_one_of_awss(run)


def every_request_was_answered_once(world, run):
    """Requests answered, by configuration, add up to those that arrived in the counted time."""
    due = len(arrived(world.workload, run.seed, world.duration_s))

    assert run.totals.requests == due
    assert sum(run.totals.by_config.values()) == due
    assert run.totals.errors_4xx + run.totals.errors_5xx + run.totals.slo_missed <= due


def the_run_ended_in_a_state(run):
    """Nothing is left half done: a status that lasts, nothing pending, and an update that began has ended."""
    assert run.endpoint["EndpointStatus"] in ENDED
    assert "PendingDeploymentSummary" not in run.endpoint
    assert (run.update_started_s is None) == (run.update_ended_s is None)
    assert run.ended_s >= run.duration_s
    assert run.ended_s >= (run.update_ended_s or 0.0) >= (run.update_started_s or 0.0)
    assert (run.outcome in ("no-update", "refused")) == (run.update_started_s is None)


def traffic_is_whole(run):
    """Shares add up to 1 at all times, and time goes forward."""
    for change in run.traffic:
        assert sum(change.shares.values()) == pytest.approx(1, abs=1e-12)
        assert all(share > 0 for share in change.shares.values())
    assert all(before.t <= after.t for before, after in pairwise(run.traffic))


def phases_follow_each_other(run):
    """No two phases of updates overlap."""
    assert all(phase.start <= phase.end for phase in run.phases)
    assert all(before.end <= after.start for before, after in pairwise(run.phases))


def the_bill_is_what_ran(world, run):
    """Instance-minutes are the integral of the instances, dollars the same times the price; nothing is negative."""
    minutes, until = 0.0, world.duration_s
    changes = [*run.instances]
    for k, change in enumerate(changes):
        end = changes[k + 1].t if k + 1 < len(changes) else until
        minutes += sum(change.counts.values()) * max(0.0, min(end, until) - min(change.t, until)) / 60
    price = world.price("ml.m5.large")

    assert run.totals.instance_minutes == pytest.approx(minutes)
    assert run.totals.cost_usd == pytest.approx(minutes / 60 * price)
    assert run.totals.cost_usd > 0


def instances_are_never_negative(run):
    """Whatever happens, some instance serves."""
    assert all(sum(change.counts.values()) > 0 for change in run.instances)
    assert all(count > 0 for change in run.instances for count in change.counts.values())


def every_answer_is_one_of_awss(run):
    """At every moment DescribeEndpoint has AWS's fields, its required ones among them, and AWS's words."""
    for _, answer in run.endpoint_history:
        fits(output_of("DescribeEndpoint"), answer)


@cache
def output_of(operation, service="sagemaker"):
    """Return the shape of what an operation answers (botocore's service model)."""
    model = ServiceModel(Loader().load_service_model(service, "service-2"))
    return model.operation_model(operation).output_shape


def fits(shape, value):
    """Assert that a value has the shape's fields and words."""
    if shape.type_name == "structure":
        assert set(shape.required_members) <= value.keys() <= shape.members.keys()
        for name, part in value.items():
            fits(shape.members[name], part)
    elif shape.type_name == "list":
        for part in value:
            fits(shape.member, part)
    elif shape.type_name == "string" and shape.enum:
        assert value in shape.enum


def state_at(run, alarm, t):
    """Return the alarm's state at `t`, between two of its changes."""
    before = [change.to_state for change in run.alarms if change.alarm == alarm and change.t <= t]
    return before[-1] if before else "INSUFFICIENT_DATA"


def looks(phase, poll_s):
    """Return when a bake looks at its alarms: at its start, every `poll_s`, and at its end."""
    t, times = phase.start, []
    while t < phase.end - 1e-9:
        times.append(t)
        t += poll_s
    return [*times, phase.end]
