"""From the parts of a run to the values that stay of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.bill import Costs, costs, idle_costs, job_costs, serverless_costs, total
from engine.cloudwatch.history import alarm_history
from engine.hosting.hosted import Hosted, Kept
from engine.hosting.hosts import Hosts
from engine.run import ELSEWHERE, OtherRun, Phase, Run, Totals
from engine.serving.serverless.fleet import ServerlessFleet
from engine.summary import answered_within_s, metric_series, paid_by_use, totals


def run_of(hosts: Hosts, kept: Kept, activities: tuple[Mapping[str, Any], ...]) -> Run:
    """Return the run up to now; `activities` are those of scaling."""
    first, others = hosts.first, {name: _other(each) for name, each in hosts.others.items()}
    world, store, recorder, control = first.world, first.store, first.recorder, first.control
    now, alarms, plane = first.cloud.env.now, first.cloud.alarms, first.plane
    minutes = int(now // 60)
    metrics = metric_series(store, minutes) if kept.series else ()
    paid = {**_paid(first), **job_costs(world, control.transforms.bills(now)), **_elsewhere(others)}
    since_s, until_s = control.started_s, control.ended_s
    return Run(
        outcome=control.outcome,
        seed=first.arrivals.seed,
        duration_s=world.duration_s,
        ended_s=now,
        update_started_s=since_s,
        update_ended_s=until_s,
        endpoint_history=tuple(recorder.endpoint),
        events=tuple(recorder.events),
        event_bridge=tuple(recorder.event_bridge),
        alarms=tuple(recorder.alarms),
        alarm_history=tuple(alarm_history(recorder.alarms, world.clock, alarms.composites)),
        alarm_states=dict(alarms.states),
        metrics=metrics,
        traffic=tuple(recorder.traffic),
        instances=tuple(recorder.instances),
        phases=_phases(first),
        totals=_of_account(_totals(first, total(paid)), [each.totals for each in others.values()]),
        deciding_alarm=control.deciding_alarm,
        requests=plane.ledger.log(),
        costs=paid,
        scaling_activities=activities,
        jobs=control.transforms.describe(),
        update_costs={} if since_s is None else costs(world, recorder.instances, since_s, until_s),
        idle_costs=idle_costs(world, recorder.instances, metrics),
        paid_by_use=paid_by_use(store, minutes),
        answered_within_s=answered_within_s(plane.ledger.latencies, store) if kept.latencies else {},
        experiments=hosts.experiments(),
        agreement=plane.shadows.agreement(),
        outcomes=plane.outcomes.result() if plane.outcomes else (),
        met=plane.users.result() if plane.users else None,
        others=others,
    )


def _other(hosted: Hosted) -> OtherRun:
    paid, recorder = _paid(hosted), hosted.recorder
    return OtherRun(
        endpoint_history=tuple(recorder.endpoint),
        traffic=tuple(recorder.traffic),
        instances=tuple(recorder.instances),
        phases=_phases(hosted),
        totals=_totals(hosted, total(paid)),
        costs=paid,
    )


def _paid(hosted: Hosted) -> Costs:
    """Return the bill of an endpoint's fleets."""
    fleets = (each.fleet for each in hosted.store.fleets.values())
    by_use = serverless_costs(each for each in fleets if isinstance(each, ServerlessFleet))
    return {**costs(hosted.world, hosted.recorder.instances), **by_use}


def _elsewhere(others: Mapping[str, OtherRun]) -> Costs:
    return {f"{ELSEWHERE}{name}/{key}": usd for name, each in others.items() for key, usd in each.costs.items()}


def _totals(hosted: Hosted, cost_usd: float | None) -> Totals:
    counts, instances = hosted.plane.ledger.counts, hosted.recorder.instances
    return totals(hosted.world, counts, instances, cost_usd, hosted.store)


def _of_account(own: Totals, others: Sequence[Totals]) -> Totals:
    """Return the totals with the instances of other endpoints, as they are paid for as well."""
    return replace(
        own,
        instance_minutes=own.instance_minutes + sum(each.instance_minutes for each in others),
        extra_instance_minutes=own.extra_instance_minutes + sum(each.extra_instance_minutes for each in others),
    )


def _phases(hosted: Hosted) -> tuple[Phase, ...]:
    """Return the parts of deployments up to now; one that runs ends now."""
    recorder = hosted.recorder
    running = recorder.running(hosted.cloud.env.now)
    return (*recorder.phases, *(() if running is None else (running,)))
