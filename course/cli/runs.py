"""Printing one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.cli.present import clock, print_json

if TYPE_CHECKING:
    from engine.run import Run


def show(run: Run, *, as_json: bool) -> None:
    """Print a run as JSON, or its log and how it ended."""
    if as_json:
        print_json(view(run))
        return
    for event in run.events:
        print(f"{clock(event.t):>7}  {event.what:20} {event.say}")
    totals = run.totals
    print(f"\n{run.outcome}: {run.endpoint['EndpointStatus']} on {run.endpoint['EndpointConfigName']}")
    print(
        f"{totals.requests:,} requests, {totals.errors_5xx:,} 5xx, {totals.errors_4xx:,} 4xx, "
        f"{totals.slo_missed:,} late; "
        f"{totals.extra_instance_minutes:,.0f} extra instance-minutes, ${totals.cost_usd:,.2f}"
    )


def view(run: Run) -> dict[str, Any]:
    """Return a run as other programs may rely on it."""
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
    }
