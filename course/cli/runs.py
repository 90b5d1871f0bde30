"""Printing one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.cli.present import clock, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from course.plan_text import CheckedPlan
    from engine.run import FleetName, InstanceCount, OtherRun, Run, Totals


def show(run: Run, found: CheckedPlan, *, as_json: bool) -> None:
    """Print a run as JSON, or its log and how it ended."""
    if as_json:
        print_json(view(run, found))
        return
    for event in run.events:
        print(f"{clock(event.t):>7}  {event.what:20} {event.say}")
    print(f"\n{run.outcome}: {standing(run.endpoint)}")
    print(", ".join((*_answered(run), _bill(run))))
    for name, other in run.others.items():
        usd = "not known" if other.totals.cost_usd is None else f"${other.totals.cost_usd:,.2f} of that bill"
        print(f"{name}: {standing(other.endpoint)}, {', '.join(_came_of(other.totals))}, {usd}")


def standing(answer: Mapping[str, Any]) -> str:
    """Return what DescribeEndpoint says, in a few words."""
    if "Error" in answer:
        return "no endpoint"
    return f"{answer['EndpointStatus']} on {answer['EndpointConfigName']}"


def view(run: Run, found: CheckedPlan) -> dict[str, Any]:
    """Return a run, with what there is to say of its plan, as other programs may rely on it."""
    return {
        "outcome": run.outcome,
        "seed": run.seed,
        "endpoint": run.endpoint,
        "events": [{"t": e.t, "what": e.what, "say": e.say, **e.detail} for e in run.events],
        "alarms": [
            {"t": a.t, "alarm": a.alarm, "from": a.from_state, "to": a.to_state, "reason": a.reason} for a in run.alarms
        ],
        "metrics": [
            {
                "name": m.name,
                "dimensions": dict(m.dimensions),
                "stat": m.stat,
                "unit": m.unit,
                "period": m.period,
                "points": m.points,
            }
            for m in run.metrics
        ],
        "traffic": run.traffic,
        "phases": run.phases,
        "event_bridge": run.event_bridge,
        "alarm_history": run.alarm_history,
        "totals": run.totals,
        "findings": found.findings,
        "instances": list(_instances(run.instances)),
        "endpoint_history": [{"t": t, **answer} for t, answer in run.endpoint_history],
        "others": {name: _other(other) for name, other in run.others.items()},
        "scaling_activities": run.scaling_activities,
        "experiments": run.experiments,
        "agreement": run.agreement,
        "outcomes": [
            {
                "variant": each.variant,
                "config": each.config,
                "model": each.model,
                "answers": each.answers,
                "outcomes": each.outcomes,
                "per_minute": each.per_minute,
            }
            for each in run.outcomes
        ],
        "users": run.met,
        "jobs": run.jobs,
        "cost": {
            "total": run.totals.cost_usd,
            "by": run.costs,
            "per_thousand_answers": run.usd_per_thousand_answers,
            "while_updating": run.update_costs,
            "idle": run.idle_costs,
        },
    }


def _other(other: OtherRun) -> dict[str, Any]:
    """Return what became of another endpoint, in the words of the run's own."""
    return {
        "endpoint": other.endpoint,
        "endpoint_history": [{"t": t, **answer} for t, answer in other.endpoint_history],
        "instances": list(_instances(other.instances)),
        "traffic": other.traffic,
        "phases": other.phases,
        "totals": other.totals,
        "cost": {"total": other.totals.cost_usd, "by": other.costs},
    }


def _answered(run: Run) -> Iterator[str]:
    """Yield what came of the requests, unless transform jobs were all there was."""
    if not run.jobs or run.totals.requests:
        yield from _came_of(run.totals)


def _came_of(totals: Totals) -> Iterator[str]:
    yield f"{totals.requests:,} requests, {totals.errors_5xx:,} 5xx, {totals.errors_4xx:,} 4xx"
    yield f"{totals.slo_missed:,} late; {totals.extra_instance_minutes:,.0f} extra instance-minutes"


def _bill(run: Run) -> str:
    """Return what the run cost, in words."""
    if run.totals.cost_usd is None:
        unknown = ", ".join(name for name, usd in run.costs.items() if usd is None)
        return f"no bill, since nobody knows the price of the instances of {unknown}"
    per_thousand = run.usd_per_thousand_answers
    each = "" if per_thousand is None else f" (${per_thousand:,.4f} per thousand answers)"
    return f"${run.totals.cost_usd:,.2f}{each}"


def _instances(changes: Iterable[InstanceCount]) -> Iterator[dict[str, Any]]:
    """Yield each change of the number of instances of a fleet; one that is gone has 0."""
    before: Mapping[FleetName, int] = {}
    for change in changes:
        for fleet in dict.fromkeys((*before, *change.fleets)):
            count = change.fleets.get(fleet, 0)
            if count != before.get(fleet):
                yield {"t": change.t, "config": fleet.config, "variant": fleet.variant, "count": count}
        before = change.fleets
