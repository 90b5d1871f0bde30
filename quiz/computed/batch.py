"""Batch transform: how long a job works, what it is billed, and which sizes AWS refuses."""

from __future__ import annotations

from engine.catalogue.instances import usd_per_hour
from engine.requests.batch import CreateTransformJob
from engine.sagemaker.refusals.transforms import MOST_MB
from engine.sagemaker.transforms.job import DEFAULTS
from quiz.computed.computed import Figures

PREFIX = "s3://lake/in/"
USUAL_MB = DEFAULTS.max_payload_in_mb
"""MaxPayloadInMB where it is left out."""
RECORD_BYTES = 200
LOAD_MIN = 2
"""From TransformStartTime to the first record, as the questions say."""
MEASURED_WAIT_MIN = 4
"""What nobody pays: the wait before it."""


def transform_hours(files: int, instances: int, millions: int, work: int) -> Figures | None:
    """Return how many `hours` a job works on its records: so many millions of them in equal files, `work` ms each on an
    instance that does one at a time; `most` files for one instance, of `each` thousand records. The slips: hours if all
    instances shared the work (`shared`) or one did it all (`alone`). None where they are not whole tenths."""
    if millions * 1_000_000 % files:
        return None
    seconds = _work_s(files, instances, millions * 1_000_000 // files, work)
    hours, alone = seconds / 3600, millions * work * 1000 / 3600
    shared = alone / instances
    if files % instances == 0 or not 0.5 <= hours <= 40 or files == 1:
        return None
    return {
        "each": f"{millions * 1000 / files:,g}",
        "most": -(-files // instances),
        "file_hours": f"{alone / files:.2f}",
        "hours": round(hours, 2),
        "shared": round(shared, 2),
        "alone": round(alone, 2),
    }


def _work_s(files: int, instances: int, records: int, work_ms: float) -> float:
    """Return how long the simulated job works, without the overhead of its requests."""
    from engine.batch.objects import S3Objects, objects_under  # numpy, which hardly another question needs
    from engine.batch.work import work
    from engine.serving.model import Model, ServiceTime
    from engine.timing import Timing

    stored = S3Objects(prefix=PREFIX, count=files, records=records, record_bytes=RECORD_BYTES)
    model = Model(service=ServiceTime(mean_ms=work_ms, kind="constant"))
    return work(objects_under(PREFIX, (stored,)), _job(instances), model, Timing(transform_overhead_s=0)).seconds


def _job(instances: int) -> CreateTransformJob:
    return CreateTransformJob(
        transform_job_name="nightly",
        model_name="churn",
        s3_uri=PREFIX,
        s3_output_path="s3://lake/out/",
        instance_type="ml.m5.xlarge",
        instance_count=instances,
        split_type="Line",
        invocations_timeout_in_seconds=3600,
    )


def transform_bill(files: int, instances: int, type: str, minutes: int) -> Figures | None:
    """Return what a job of fewer files than instances is billed (`usd`), if each file keeps an instance busy for some
    `minutes` after the load; it is `billed` so many minutes, and `idle` instances have no file. The slips: what those
    `working` alone would cost, a bill without the load (`no_load`), and one from the request on (`waited`)."""
    price = usd_per_hour(type)
    if price is None or files >= instances:
        return None
    work_min = _work_s(files, instances, 60_000, minutes) / 60

    def usd(many: int, for_min: float) -> float:
        return round(_billed(type, many, 60 * for_min), 2)

    return {
        "price": f"{price:g}",
        "billed": round(LOAD_MIN + work_min),
        "idle": instances - files,
        "usd": usd(instances, LOAD_MIN + work_min),
        "working": usd(files, LOAD_MIN + work_min),
        "no_load": usd(instances, work_min),
        "waited": usd(instances, MEASURED_WAIT_MIN + LOAD_MIN + work_min),
    }


def _billed(type: str, instances: int, seconds: float) -> float:
    """Return the bill of a job from its start to its end."""
    from engine.bill import job_costs
    from engine.run import BilledJob
    from engine.traffic.workload import Workload
    from engine.world import Endpoint, World

    world = World(
        endpoint=Endpoint(endpoint_name="none"),
        configs=(),
        models={},
        workload=Workload(rate=1),
        duration_s=seconds + 1,
    )
    [usd] = job_costs(
        world, [BilledJob(name="j", instance_type=type, instances=instances, start=0, end=seconds)]
    ).values()
    assert usd is not None, "a type whose price is known"
    return usd


def product_limit(above: int, first: int, apart: int) -> Figures:
    """Return a setting of MaxConcurrentTransforms and MaxPayloadInMB that is `refused`, and three that are not
    (`fine_1` to `fine_3`), each in words: the one at place `above` of those that come to too much, and those at
    `first`, `apart` and `apart` further of those that do not. `product` and `product_1` to `product_3` are what they
    come to in MB, `factors` how the refused one does."""
    fine = [pair for pair in _PAIRS if _together(*pair) <= MOST_MB]
    refused = [pair for pair in _PAIRS if pair not in fine]
    chosen = [fine[(first + k * apart) % len(fine)] for k in range(3)]
    many, size = refused[above % len(refused)]
    return {
        "refused": _said(many, size),
        "factors": f"{many} x {size or USUAL_MB}",
        "product": _together(many, size),
        **{f"fine_{k}": _said(*pair) for k, pair in enumerate(chosen, start=1)},
        **{f"product_{k}": _together(*pair) for k, pair in enumerate(chosen, start=1)},
    }


def _together(many: int, size: int) -> int:
    return many * (size or USUAL_MB)


def _said(many: int, size: int) -> str:
    return f"MaxConcurrentTransforms {many}, MaxPayloadInMB {size or 'left out'}"


_PAIRS = (
    *((1, 100), (2, 50), (4, 25), (5, 20), (8, 12), (10, 10), (12, 8), (16, 0), (20, 5), (25, 4), (50, 2)),
    *((2, 60), (3, 40), (4, 30), (6, 20), (8, 15), (10, 12), (12, 9), (16, 7), (20, 0), (24, 0), (18, 6), (30, 4)),
)
"""MaxConcurrentTransforms and MaxPayloadInMB; 0 where it is left out. Eleven of them are fine, and eleven is a prime,
so that steps of any length below it meet three different ones."""
