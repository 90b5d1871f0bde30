"""What is measured in one run, on common random numbers: every measure with its unit and its edge cases.

All compare runs of one seed, which meet the very same requests:
- *harmed*: requests that failed or missed the world's SLO in this run, and did not in the run without any update.
- *blast radius*: harmed, as a share of what the unguarded update harms; 0 where that one harms nobody.
- *exposed*: the share of the traffic that the new fleet answered between the start of the update and the verdict
  (the deciding alarm, or else the end of the update); 0 without an update.
- *time to detect*: seconds from the first harmed request to the alarm that decided; 0 where nobody was harmed, None
  where somebody was and no alarm decided.
- *time to recover*: seconds from the first harmed request to all traffic back; 0 and None in the same way.
- *duration*: seconds from the start of the update to its end; 0 without an update.
- *extra instance-minutes*, *cost*: billed within the counted time, the first beyond what would have run anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.plan import Plan
from engine.requests.sagemaker import EndpointConfig, UpdateEndpoint
from engine.run import Outcome, RequestLog, Run
from engine.traffic.arrivals import Arrivals
from engine.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The measures of one run."""

    seed: int
    outcome: Outcome
    harmed: int
    exposed: float
    time_to_detect_s: float | None
    time_to_recover_s: float | None
    duration_s: float
    extra_instance_minutes: float
    cost_usd: float


def measure(world: World, run: Run, without: RequestLog) -> Measured:
    """Measure a run against the log of the run of the same seed without any update."""
    harmed, first = _harm(run.requests, without)
    began = None if first is None else _arrival(world, run.seed, *first)
    return Measured(
        seed=run.seed,
        outcome=run.outcome,
        harmed=harmed,
        exposed=_exposed(run),
        time_to_detect_s=_since(began, run.deciding_alarm.t if run.deciding_alarm else None),
        time_to_recover_s=_since(began, _restored(run)),
        duration_s=(run.update_ended_s or 0.0) - (run.update_started_s or 0.0),
        extra_instance_minutes=run.totals.extra_instance_minutes,
        cost_usd=run.totals.cost_usd,
    )


def harmed(log: RequestLog, without: RequestLog) -> int:
    """Return how many requests were harmed, within the time that both runs counted."""
    return _harm(log, without)[0]


def first_harmed_s(world: World, run: Run, without: RequestLog) -> float | None:
    """Return when the first harmed request arrived, or None."""
    first = _harm(run.requests, without)[1]
    return None if first is None else _arrival(world, run.seed, *first)


def unguarded(plan: Plan) -> Plan:
    """Return the update that `plan` asks for, without any guard: all at once, no bake, no alarm."""
    update = plan.update
    if update is None:
        return Plan()
    bare = UpdateEndpoint(
        endpoint_name=update.endpoint_name,
        endpoint_config_name=update.endpoint_config_name,
        retain_all_variant_properties=update.retain_all_variant_properties,
        exclude_retained_variant_properties=update.exclude_retained_variant_properties,
    )
    kept = [step for step in plan.steps if isinstance(step.request, EndpointConfig) or step.request is update]
    return Plan(tuple(replace(step, request=bare) if step.request is update else step for step in kept))


def _harm(log: RequestLog, without: RequestLog) -> tuple[int, tuple[int, int] | None]:
    """Return how many requests were harmed, and slot and place of the first."""
    count, first = 0, None
    for slot, (bad, bad_anyway) in enumerate(zip(log.bad, without.bad, strict=True)):
        harmed = np.frombuffer(bad, np.uint8) & ~np.frombuffer(bad_anyway, np.uint8)
        found = int(np.bitwise_count(harmed).sum())
        if found and first is None:
            first = (slot, int(np.flatnonzero(np.unpackbits(harmed))[0]))
        count += found
    return count, first


def _arrival(world: World, seed: int, slot: int, place: int) -> float:
    return float(Arrivals(world.workload, seed).slot(slot).arrival[place])


def _exposed(run: Run) -> float:
    start, end = run.update_started_s, run.update_ended_s
    if start is None or end is None:
        return 0.0
    verdict = run.deciding_alarm.t if run.deciding_alarm and run.deciding_alarm.t > start else end
    new = _new_config(run)
    exposed, changes = 0.0, [*run.traffic]
    for k, change in enumerate(changes):
        until = changes[k + 1].t if k + 1 < len(changes) else verdict
        length = min(until, verdict) - max(change.t, start)
        if length > 0:
            exposed += length * change.shares.get(new, 0.0)
    return exposed / (verdict - start) if verdict > start else 0.0


def _new_config(run: Run) -> str:
    """Return the configuration that the update brings, as DescribeEndpoint named it while it was pending."""
    for _, answer in run.endpoint_history:
        pending = answer.get("PendingDeploymentSummary")
        if pending:
            return str(pending["EndpointConfigName"])
    return str(run.endpoint["EndpointConfigName"])


def _restored(run: Run) -> float | None:
    return next((event.t for event in run.events if event.what == "TrafficRestored"), None)


def _since(began: float | None, then: float | None) -> float | None:
    if began is None:
        return 0.0
    return None if then is None else max(0.0, then - began)
