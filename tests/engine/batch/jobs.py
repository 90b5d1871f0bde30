"""Small transform jobs and objects for the tests of batch transform."""

from __future__ import annotations

from engine.batch.objects import Objects, S3Objects, objects_under
from engine.requests.batch import CreateTransformJob
from engine.serving.model import Model, ServiceTime

PREFIX = "s3://lake/in/"


def job(**fields):
    """Return a job on one ml.m5.xlarge, by lines, as many records in a request as fit."""
    usual = {
        "transform_job_name": "nightly",
        "model_name": "v1",
        "s3_uri": PREFIX,
        "s3_output_path": "s3://lake/out/",
        "instance_type": "ml.m5.xlarge",
        "instance_count": 1,
        "split_type": "Line",
    }
    return CreateTransformJob(**{**usual, **fields})


def objects(*kinds) -> Objects:
    """Return the objects below the prefix."""
    return objects_under(PREFIX, kinds)


def part(count=1, records=1000, record_bytes=200.0, name="part-", **fields) -> S3Objects:
    """Return objects of one kind."""
    return S3Objects(prefix=f"{PREFIX}{name}", count=count, records=records, record_bytes=record_bytes, **fields)


def steady(per_second=200.0, **fields) -> Model:
    """Return a model that answers so many records a second with each worker, always the same."""
    return Model(service=ServiceTime(mean_ms=1000 / per_second, kind="constant"), **fields)
