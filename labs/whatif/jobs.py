"""The numbers of transform jobs: instances, requests at once and their size, and how long they are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from engine.plan import Plan
from engine.requests.batch import CreateTransformJob
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

PAYLOADS_MB = (1, 2, 4, 6, 10, 20, 50, 100)
"""MaxPayloadInMB to try, within AWS's 100 (spec sagemaker 8); 0, which streams, is another kind of job."""
AT_ONCE = (1, 2, 3, 4, 6, 8, 12, 16, 25, 50, 100)
"""MaxConcurrentTransforms to try: times MaxPayloadInMB they are at most 100."""
TIMEOUTS_S = (10, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""InvocationsTimeoutInSeconds to try, within AWS's 1 to 3600."""
RETRIES = (0, 1, 2, 3)
"""InvocationsMaxRetries that AWS takes."""


class Turned(NamedTuple):
    """A field of the request and of its value, and what is tried of it."""

    id: str
    name: str
    field: str
    tried: Iterable[float]
    unit: str = ""


def job_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of each job that the plan creates."""
    for step in plan.steps:
        if isinstance(step.request, CreateTransformJob):
            yield from _of_job(plan, world, step.request)


def _of_job(plan: Plan, world: World, job: CreateTransformJob) -> Iterator[Knob]:
    for each in (
        Turned("instances", "InstanceCount", "instance_count", around(job.instance_count), "instances"),
        Turned("at-once", "MaxConcurrentTransforms", "max_concurrent_transforms", AT_ONCE),
        Turned("payload", "MaxPayloadInMB", "max_payload_in_mb", PAYLOADS_MB, "MB"),
        Turned("timeout", "InvocationsTimeoutInSeconds", "invocations_timeout_in_seconds", TIMEOUTS_S, "s"),
        Turned("retries", "InvocationsMaxRetries", "invocations_max_retries", RETRIES),
    ):
        turned = partial(_with, plan, job, each.field)
        yield knob(
            world,
            id=f"{job.transform_job_name}.{each.id}",
            title=f"{job.transform_job_name}: {each.name}",
            unit=each.unit,
            current=getattr(job, each.field),
            tried=each.tried,
            turned=turned,
            path=(each.name,),
            meaning=(lambda value: max(1, value)) if each.id == "at-once" else lambda value: value,
            of="job",
        )


def _with(plan: Plan, job: CreateTransformJob, field: str, value: float) -> Plan:
    changed: Any = {field: int(value)}
    return swapped(plan, job, replace(job, **changed))
