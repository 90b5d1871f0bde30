"""How much the new fleet had before it was judged."""

from __future__ import annotations

from engine.run import Run
from labs.measures.trial import Trial


def exposed(trial: Trial) -> float:
    """Return the share of the traffic that the new fleet had between the update's start and its verdict."""
    start, verdict, changes = trial.run.update_started_s, trial.verdict_s, [*trial.run.traffic]
    if start is None or verdict is None or verdict <= start:
        return 0.0
    new, had = _new_config(trial.run), 0.0
    for k, change in enumerate(changes):
        until = changes[k + 1].t if k + 1 < len(changes) else verdict
        had += max(0.0, min(until, verdict) - max(change.t, start)) * change.shares.get(new, 0.0)
    return had / (verdict - start)


def _new_config(run: Run) -> str:
    """Return the configuration that the update brings, as DescribeEndpoint named it while it was pending."""
    for _, answer in run.endpoint_history:
        pending = answer.get("PendingDeploymentSummary")
        if pending:
            return str(pending["EndpointConfigName"])
    return str(run.endpoint["EndpointConfigName"])
