"""Transform jobs on the run's clock: each waits, loads its model, works and ends (spec inference 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np
import simpy

from engine.batch.objects import objects_under
from engine.batch.work import Work, work
from engine.requests.arns import arn
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.fields import present
from engine.run import BilledJob
from engine.sagemaker.account import Account
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.life.launching import none_left
from engine.sagemaker.refusals.rules import insist
from engine.sagemaker.transforms.job import write_transform_job
from engine.sagemaker.updates.steps import Steps

NO_CAPACITY = "CapacityError: Unable to provision requested ML compute capacity."
"""FailureReason of a job that never got its instances; a sentence like that of endpoints (spec sagemaker 10)."""
Dice = Callable[[int], np.random.Generator]
"""Random numbers by key: those of a job hang on its input alone, so that two ways to work on it can be compared."""


@dataclass(slots=True)
class TransformJob:
    """One job, from its request to its end."""

    request: CreateTransformJob
    created_s: float
    status: str = "InProgress"
    started_s: float | None = None
    """TransformStartTime: when the bill begins."""
    ended_s: float | None = None
    failure: str | None = None
    work: Work | None = None
    """What it does; None until its model is loaded, and for good where it finds no objects."""
    process: simpy.Process | None = None


@dataclass(slots=True)
class TransformJobs:
    """All jobs of one run, by name."""

    cloud: Cloud
    dice: Dice
    jobs: dict[str, TransformJob] = field(default_factory=dict)

    def statuses(self) -> Mapping[str, str]:
        """Return TransformJobStatus by name."""
        return {name: job.status for name, job in self.jobs.items()}

    def create(self, request: CreateTransformJob, account: Account) -> None:
        """Check the request as the service does, then start the job."""
        insist(request, account)
        env, name = self.cloud.env, request.transform_job_name
        job = self.jobs[name] = TransformJob(request, env.now)
        self.cloud.recorder.event(env.now, "CreateTransformJob", f"{name}: accepted.", status=200, job=name)
        job.process = env.process(self._live(job))

    def stop(self, request: StopTransformJob, account: Account) -> None:
        """Stop a job: whatever it has done is not stored, and what it has cost is billed."""
        insist(request, account)
        job = self.jobs[request.transform_job_name]
        job.status = "Stopping"
        self._tell(job, "is asked to stop")
        assert job.process is not None, "a job has its process from the moment of its creation"
        job.process.interrupt()

    def _live(self, job: TransformJob) -> Steps:
        try:
            yield from self._work(job)
        except simpy.Interrupt:
            if job.started_s is not None:
                yield self.cloud.env.timeout(self.cloud.world.timing.transform_stop_s)
            self._end(job, "Stopped", "has stopped; its output is not stored")

    def _work(self, job: TransformJob) -> Steps:
        cloud, timing = self.cloud, self.cloud.world.timing
        if none_left(cloud, job.request.instance_type):
            yield cloud.env.timeout(timing.capacity_failure_s)
            job.failure = NO_CAPACITY
            self._end(job, "Failed", f"has failed. {job.failure}")
            return
        yield cloud.env.timeout(timing.transform_wait_s)
        job.started_s = cloud.env.now
        self._tell(job, f"starts on {job.request.instance_count} x {job.request.instance_type}, and is billed from now")
        yield cloud.env.timeout(timing.transform_load_s)
        objects = objects_under(job.request.s3_uri, cloud.world.inputs)
        if not len(objects):
            job.failure = f"ClientError: no object begins with {job.request.s3_uri}."
            self._end(job, "Failed", f"has failed. {job.failure}")
            return
        model = cloud.world.loaded(job.request.model_name)
        if model.start != "ok":
            job.failure = "AlgorithmError: the container did not pass the ping check."
            self._end(job, "Failed", f"has failed. {job.failure}")
            return
        job.work = work(objects, job.request, model, timing, self.dice(crc32(job.request.s3_uri.encode())))
        self._tell(job, f"has its first record of {job.work.records:,} in {job.work.objects:,} objects")
        yield cloud.env.timeout(job.work.seconds)
        self._finish(job, job.work)

    def _finish(self, job: TransformJob, done: Work) -> None:
        """Note how a job that worked on all objects ends: one without an output is enough to fail it."""
        outputs = f"{done.objects - done.failed_objects:,} of {done.objects:,} objects have an output"
        if done.failed_objects:
            job.failure = f"ModelError: {outputs}; see the log for what the model said."
            self._end(job, "Failed", f"has failed. {job.failure}")
        else:
            self._end(job, "Completed", f"is complete: {outputs}")

    def _end(self, job: TransformJob, status: str, say: str) -> None:
        job.status, job.ended_s = status, self.cloud.env.now
        self._tell(job, say)

    def _tell(self, job: TransformJob, say: str) -> None:
        """Note a change of the job; at its end also what came of it, and whether in time."""
        detail: dict[str, object] = {"job": job.request.transform_job_name, "job_status": job.status}
        if job.ended_s is not None:
            if job.work is not None and job.status != "Stopped":
                detail |= {"outputs": job.work.objects - job.work.failed_objects, "objects": job.work.objects}
                detail["lost_records"] = dict(job.work.lost_records)
            deadline = self.deadline_s
            if deadline is not None:
                detail["in_time"] = job.status == "Completed" and job.ended_s <= deadline
                say = f"{say.rstrip('.')}; {'in time' if detail['in_time'] else 'not in time'}"
        say = f"{job.request.transform_job_name} {say.rstrip('.')}."
        self.cloud.recorder.event(self.cloud.env.now, "TransformJob", say, **detail)

    @property
    def deadline_s(self) -> float | None:
        """When the outputs are needed, on the clock of the run."""
        world = self.cloud.world
        return None if world.transform_deadline_s is None else world.update_at_s + world.transform_deadline_s

    def bills(self, now: float) -> tuple[BilledJob, ...]:
        """Return the instances of each job that has started, from TransformStartTime to TransformEndTime or `now`."""
        return tuple(
            BilledJob(
                name=name,
                instance_type=job.request.instance_type,
                instances=job.request.instance_count,
                start=job.started_s,
                end=now if job.ended_s is None else job.ended_s,
            )
            for name, job in self.jobs.items()
            if job.started_s is not None
        )

    def describe(self) -> tuple[Mapping[str, Any], ...]:
        """Return what DescribeTransformJob answers of each job."""
        return tuple(self._describe(job) for job in self.jobs.values())

    def _describe(self, job: TransformJob) -> Mapping[str, Any]:
        return present(
            TransformJobArn=arn("transform-job", job.request.transform_job_name),
            TransformJobStatus=job.status,
            FailureReason=job.failure,
            **write_transform_job(job.request),
            CreationTime=self._stamp(job.created_s),
            TransformStartTime=self._stamp(job.started_s),
            TransformEndTime=self._stamp(job.ended_s),
        )

    def _stamp(self, t: float | None) -> str | None:
        return None if t is None else self.cloud.world.clock(t).isoformat(timespec="seconds")
