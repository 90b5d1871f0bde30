"""What `mlcourse compare` compares: engine values alone, with every name and curve followed to where it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from course.content.files.measured import not_there
from course.content.schema.build import build, record_of
from course.content.schema.mentions import complain_of_unknown, keys, texts
from course.content.schema.shapes import Choice, Job
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import Problem
from course.content.yaml.reader import read_text, read_what_can_be_read
from engine.catalogue.curves import curves
from engine.catalogue.instances import instance_type, usd_per_hour
from engine.comparison.comparison import Comparison
from engine.comparison.options import Serverless

FORMAT = 1


def load_comparison_file(path: Path, remark: Callable[[Problem], None]) -> Comparison:
    """Return the comparison of a file; ContentError with all that is wrong with it.

    `remark` is told of each type of instance whose price is not known.
    """
    document = read_what_can_be_read(read_text(path, Path()), path)
    complaints = Complaints(document)
    comparison = complaints.settle(_comparison(complaints))
    for trail, name in texts(document.data, ("options", ..., "instance_type")):
        if usd_per_hour(name, comparison.prices_per_hour) is None:
            say = f"what {name} costs is not known, so neither is what this costs; give it under prices_per_hour"
            remark(Problem(document.path, *document.where(trail), say))
    return comparison


def _comparison(complaints: Complaints) -> Comparison | None:
    data, job, record = complaints.document.data, Job(complaints), record_of(Comparison)
    if not isinstance(data, Mapping):
        job.refuse(data, (), record.needed)
        return None
    if "format" in data:
        Choice((FORMAT,)).read(data["format"], ("format",), job)
    else:
        complaints.at_key((), f"`format` is missing; add it here, it must be {FORMAT}")
    complain_of_unknown(complaints, ("options", ..., "model"), keys(data, ("models",)))
    _complain_of_curves(complaints)
    fields = {key: value for key, value in data.items() if key != "format"}
    if complaints.problems:
        record.values(fields, (), job)  # what is wrong between fields would be said twice
        return None
    return build(Comparison, fields, complaints)


def _complain_of_curves(complaints: Complaints) -> None:
    """Complain about each option on instances where the curve of its model was not measured; that serverless
    environments have no accelerator is no mistake, but what the comparison says."""
    data = complaints.document.data
    for trail, name in texts(data, ("options", ..., "model")):
        option = trail[:-1]
        for _, curve in texts(data, ("models", name, "service", "curve")):
            placed: list[tuple[Trail, str | None]] = [*texts(data, (*option, "instance_type"))]
            if any(kind == Serverless.kind for _, kind in texts(data, (*option, "kind"))):
                placed = [] if _of_accelerator(curve) else [(trail, None)]
            for at, on in placed:
                if say := not_there(curve, on):
                    complaints.at_value(at, say)


def _of_accelerator(name: str) -> bool:
    curve = curves().get(name)
    known = instance_type(curve.instance_type) if curve and curve.instance_type else None
    return bool(known and known.accelerators)
