"""Advice on batch transform: what AWS takes and that fails, waits or wastes instances (spec inference 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from engine.aws.calls import Call
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.batch.objects import Objects, objects_under
from engine.batch.split import split
from engine.batch.work import Work, work
from engine.requests.batch import CreateTransformJob
from engine.serving.model import Model
from engine.world import World

Advice = Iterator[tuple[Path, str]]
OVERHEAD_SHARE = 0.5
"""Of a job's work: above it the requests themselves cost more than what they ask for."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A job beside the objects that it will find."""

    call: Call
    job: CreateTransformJob
    world: World
    objects: Objects
    """At least one."""

    @property
    def model(self) -> Model:
        """Its model."""
        return self.world.models[self.job.model_name]

    @property
    def work(self) -> Work:
        """What it does, if nothing fails by chance."""
        return work(self.objects, self.job, self.model, self.world.timing)


def nothing_to_read(outlook: Outlook) -> Advice:
    """No object of the world lies there."""
    for call, job in outlook.every(CreateTransformJob) if outlook.world else ():
        stored = outlook.world.inputs if outlook.world else ()
        if not len(objects_under(job.s3_uri, stored)):
            known = ", ".join(each.prefix for each in stored) or "none"
            say = f"No object begins with {job.s3_uri}, so the job will fail."
            yield (
                call.at("TransformInput", "DataSource", "S3DataSource", "S3Uri"),
                f"{say} There is under inputs of the world: {known}.",
            )


def _too_large(each: Foreseen) -> Advice:
    unfit, most = int((~split(each.objects, each.job).fits).sum()), each.job.max_payload_in_mb
    if unfit:
        of_all = f"{unfit:,} of {len(each.objects):,} objects"
        say = f"A record is above {most} MB in {of_all}: they fail, and the job with them. Raise MaxPayloadInMB."
        if each.job.split_type == "None":
            say = f"{of_all} are above {most} MB: they fail, and the job with them. Write SplitType: Line."
        yield each.call.at("TransformInput"), say


def _too_slow(each: Foreseen) -> Advice:
    """Requests of many records take long, whatever the endpoint's limit of a minute."""
    parts, limit_s = split(each.objects, each.job), each.job.invocations_timeout_in_seconds
    longest_s = float((parts.fits * parts.records_each).max()) * each.model.mean_ms / 1000
    if longest_s > limit_s:
        say = f"A request of {parts.records_each.max():,} records takes about {longest_s:,.0f} s, and is given up after"
        yield (
            each.call.path,
            f"{say} {limit_s}. Raise ModelClientConfig.InvocationsTimeoutInSeconds, or send fewer records.",
        )


def _idle(each: Foreseen) -> Advice:
    objects, count = len(each.objects), each.job.instance_count
    if objects < count:
        there = "is 1 object" if objects == 1 else f"are {objects} objects"
        say = f"There {there}, and an object is worked on by one instance: {count - objects} of {count} instances are"
        yield (
            each.call.at("TransformResources", "InstanceCount"),
            f"{say} paid and have nothing to do. Write {objects}, or cut the data into more objects.",
        )


def _tiny_requests(each: Foreseen) -> Advice:
    done = each.work
    overhead_s = done.requests * each.world.timing.transform_overhead_s
    records_s = done.records * each.model.mean_ms / 1000
    share = overhead_s / (overhead_s + records_s)
    if done.requests <= each.job.instance_count or share <= OVERHEAD_SHARE:
        return
    say = f"{done.requests:,} requests of {done.records:,} records: {100 * share:.0f} % of the work is sending them."
    if each.job.split_type != "None" and each.job.batch_strategy == "SingleRecord":
        yield each.call.at("BatchStrategy"), f"{say} With BatchStrategy: MultiRecord each holds as many as fit."
    elif done.records < 2 * done.objects:
        place = each.call.at("TransformInput")
        yield place, f"{say} Put the records as lines into a few large objects, with SplitType: Line."


def _idle_workers(each: Foreseen) -> Advice:
    workers, at_once = each.model.workers, each.job.concurrency
    if at_once < workers and each.work.requests > at_once * each.job.instance_count:
        fits = 100 // each.job.max_payload_in_mb if each.job.max_payload_in_mb else workers
        say = f"{each.job.model_name} has {workers} workers, and {at_once} request at a time keeps {at_once} busy."
        most = max(1, min(workers, fits))
        if most > at_once:
            written = "MaxConcurrentTransforms" in each.call.request
            place = each.call.at("MaxConcurrentTransforms") if written else each.call.path
            yield place, f"{say} Write MaxConcurrentTransforms: {most}."


def _deadline(each: Foreseen) -> Advice:
    deadline_s, timing = each.world.transform_deadline_s, each.world.timing
    ends_s = each.call.after_s + timing.transform_wait_s + timing.transform_load_s + each.work.seconds
    if deadline_s is not None and ends_s > deadline_s:
        say = f"The job ends about {ends_s / 60:,.0f} minutes after the plan is sent, and its outputs are needed after"
        yield each.call.path, f"{say} {deadline_s / 60:,.0f}. Use more instances, larger requests or more at once."


JOB_ADVICE: tuple[Callable[[Foreseen], Advice], ...] = (
    _too_large,
    _too_slow,
    _idle,
    _tiny_requests,
    _idle_workers,
    _deadline,
)
"""Advice on a job that finds objects. To add some, write it above and name it here."""


def _of_each(advice: Callable[[Foreseen], Advice], outlook: Outlook) -> Advice:
    world = outlook.world
    for call, job in outlook.every(CreateTransformJob) if world else ():
        objects = objects_under(job.s3_uri, world.inputs) if world else None
        if world and objects is not None and len(objects):
            yield from advice(Foreseen(call, job, world, objects))


TRANSFORM_ADVICE: tuple[Callable[[Outlook], Advice], ...] = (
    nothing_to_read,
    *(partial(_of_each, each) for each in JOB_ADVICE),
)
