"""The batch transform requests of a plan as values, with AWS's names and defaults (spec sagemaker 8, inference 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded

SplitType = Literal["None", "Line", "RecordIO", "TFRecord"]
BatchStrategy = Literal["MultiRecord", "SingleRecord"]
AssembleWith = Literal["None", "Line"]
JoinSource = Literal["None", "Input"]
S3DataType = Literal["S3Prefix", "ManifestFile", "AugmentedManifestFile", "Converse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataProcessing:
    """What the model sees of a record, and what the output keeps of it."""

    input_filter: str = "$"
    output_filter: str = "$"
    join_source: JoinSource = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTransformJob(Bounded):
    """Let a model answer all records of the objects below a prefix, once."""

    transform_job_name: str
    model_name: str
    s3_uri: str
    """TransformInput.DataSource.S3DataSource.S3Uri: every object whose key begins so."""
    s3_data_type: S3DataType = "S3Prefix"
    """The only one that is simulated; the service takes a ManifestFile too."""
    s3_output_path: str
    instance_type: str
    instance_count: int = bounded(low=1)
    split_type: SplitType = "None"
    batch_strategy: BatchStrategy | None = None
    """None: MultiRecord, as a log of AWS shows (spec inference 5)."""
    assemble_with: AssembleWith = "None"
    max_concurrent_transforms: int = bounded(0, low=0)
    """Requests that each instance is sent at once; 0: what the container answers, and without an answer 1."""
    max_payload_in_mb: int = bounded(6, low=0)
    """0: no limit, the payload is streamed."""
    invocations_timeout_in_seconds: int = bounded(600, low=1, high=3600)
    invocations_max_retries: int = bounded(3, low=0, high=3)
    data_processing: DataProcessing | None = None
    content_type: str | None = None
    accept: str | None = None

    @property
    def concurrency(self) -> int:
        """Requests that each instance is sent at once: 1 without a container's own answer (spec inference 5)."""
        return self.max_concurrent_transforms or 1

    @property
    def makes_mini_batches(self) -> bool:
        """Does a request hold as many records as fit?"""
        return self.split_type != "None" and self.batch_strategy != "SingleRecord"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTransformJob:
    """End a job before its time; what it has done is not stored (spec inference 5)."""

    transform_job_name: str
