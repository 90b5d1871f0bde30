"""Every kind of file as a JSON Schema, made of the types that read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from course.content.editors import conditions
from course.content.files.blueprint import COMPUTED, KINDS, LEVELS, BlueprintFile
from course.content.files.cases import FEWEST, MOST, CaseFile
from course.content.files.course import CourseFile, GlossaryFile, LessonFile
from course.content.files.exam import ExamFile
from course.content.files.fix import FixFile
from course.content.files.incident import IncidentFile
from course.content.files.lab import LabFile
from course.content.files.predictions import PredictionsFile
from course.content.files.questions import QuestionsFile
from course.content.files.world import FORMAT, EndpointForm
from course.content.mending import Must
from course.content.schema.build import record_of, shape_of
from course.content.schema.json_schema import DRAFT, FILLED, Definitions, Schema
from engine.aws.plan_schema import plan_schema, request_schema
from engine.comparison.comparison import Comparison
from engine.requests.autoscaling import PutScalingPolicy, RegisterScalableTarget
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import DeploymentConfig, EndpointConfig
from engine.serving.model import ServiceTime
from engine.world import Endpoint, World
from labs.exercise.exercise import Release
from labs.incidents.session import IncidentGoal
from labs.lab import LabGoal
from quiz.computed.computed import Computed
from quiz.exhibit import Exhibit
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

SUFFIX = ".schema.json"
OURS = "Written by `mlcourse schema`, which replaces it."
"""Stands in every schema, and tells it from a file that somebody else has written."""


def schemas() -> Mapping[str, str]:
    """Return the schema of each kind of file as JSON, by the name of the schema's own file: `lab.schema.json`."""
    return {f"{kind}{SUFFIX}": json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n" for kind in KINDS_OF_FILE}


def schema(kind: str) -> Schema:
    """Return the schema of one kind of file; KeyError for a kind that there is not."""
    title, root = KINDS_OF_FILE[kind]
    definitions = Definitions(_OWN, _BETWEEN)
    found = root(definitions)
    return {"$schema": DRAFT, "$comment": OURS, "title": title, **found, "$defs": definitions.defs}


def _whole(cls: type) -> Callable[[Definitions], Schema]:
    return lambda definitions: definitions.fields(record_of(cls))


def _numbered(cls: type) -> Callable[[Definitions], Schema]:
    """Return the schema of a class whose file has a `format` beside its fields."""
    return lambda definitions: definitions.fields(record_of(cls), more={"format": {"const": FORMAT}})


def _questions(definitions: Definitions) -> Schema:
    found = definitions.fields(record_of(QuestionsFile))
    entry = definitions.named("Entry", "Entry", lambda: definitions.of(shape_of(Question | CaseFile)))
    found["properties"]["questions"] |= {"items": entry}
    return found


def _case(definitions: Definitions) -> Schema:
    def case() -> Schema:
        found = definitions.fields(record_of(CaseFile, tagged=True), CaseFile.kind)
        part = definitions.named("Part", "Part", lambda: definitions.of(shape_of(Question)))
        found["properties"]["parts"] |= {"items": part, "minItems": FEWEST, "maxItems": MOST}
        return found

    return definitions.named("Case", CaseFile, case)


def _blueprint(definitions: Definitions) -> Schema:
    found = definitions.fields(record_of(BlueprintFile))
    known = found["properties"]
    known["lessons"]["additionalProperties"]["propertyNames"] = {"enum": [*KINDS, COMPUTED]}
    known["levels"]["propertyNames"] = {"enum": list(LEVELS)}
    for counts in (known["levels"], *(known[key]["additionalProperties"] for key in ("lessons", "objectives"))):
        counts["additionalProperties"] |= {"minimum": 0}
    return found


def _request(operation: str, *path: str) -> Callable[[Definitions], Schema]:
    return lambda definitions: request_schema(operation, definitions.named, path)


_OWN: Mapping[type, Callable[[Definitions], Schema]] = {
    CaseFile: _case,
    DeploymentConfig: _request("UpdateEndpoint", "DeploymentConfig"),
    Endpoint: lambda definitions: definitions.record(EndpointForm),
    EndpointConfig: _request("CreateEndpointConfig"),
    Exhibit: lambda _: {"type": "string", "pattern": FILLED},
    Fix: lambda definitions: definitions.record(FixFile, kind=FixFile.kind),
    MetricAlarm: _request("PutMetricAlarm"),
    PutScalingPolicy: _request("PutScalingPolicy"),
    RegisterScalableTarget: _request("RegisterScalableTarget"),
}
"""Classes that files spell in another way than by their fields: the readers in this package know how."""

_BETWEEN: Mapping[type, Callable[[], Schema]] = {
    Computed: conditions.computed,
    EndpointForm: conditions.endpoint,
    ExamFile: conditions.exam,
    FixFile: conditions.fix,
    IncidentFile: lambda: conditions.exercise(IncidentFile),
    IncidentGoal: lambda: conditions.bounded(IncidentGoal),
    LabFile: lambda: conditions.exercise(LabFile),
    LabGoal: lambda: conditions.bounded(LabGoal),
    Matching: lambda: conditions.question("pairs"),
    Multiple: lambda: conditions.question("options", right=(2, None)),
    Must: conditions.must,
    Numeric: conditions.numeric,
    Ordering: lambda: conditions.question("items"),
    Release: conditions.release,
    ServiceTime: conditions.service_time,
    ShortText: conditions.short_text,
    Single: lambda: conditions.question("options", right=(1, 1)),
}

KINDS_OF_FILE: Mapping[str, tuple[str, Callable[[Definitions], Schema]]] = {
    "course": ("The outline of a pack", _whole(CourseFile)),
    "lesson": ("A lesson", _whole(LessonFile)),
    "glossary": ("The terms of a pack", _whole(GlossaryFile)),
    "questions": ("Questions of a lesson", _questions),
    "predictions": ("Runs to be predicted", _whole(PredictionsFile)),
    "lab": ("A lab", _whole(LabFile)),
    "incident": ("An incident", _whole(IncidentFile)),
    "exam": ("An exam", _whole(ExamFile)),
    "blueprint": ("How many questions there are to be", _blueprint),
    "world": ("A world of its own, for `mlcourse simulate`", _numbered(World)),
    "comparison": ("What `mlcourse compare` compares", _numbered(Comparison)),
    "plan": ("A plan: requests to AWS", lambda definitions: plan_schema(definitions.named)),
}
"""By the name of their schema: what an editor calls it, and how it is made."""
