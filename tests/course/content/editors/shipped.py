"""Every YAML file of the built-in course with its kind, and the schemas as validators."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from course.content.editors.schemas import SUFFIX, schemas
from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml_file

LISTED = {
    "questions": "questions",
    "practice": "questions",
    "predictions": "predictions",
    "labs": "lab",
    "incidents": "incident",
}
"""Keys of a lesson that name files, and of which kind these are."""
DOCS = Path(__file__).parents[4] / "docs"


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schemas()[f"{kind}{SUFFIX}"]))


@cache
def data(path: Path) -> Any:
    return read_yaml_file(path, built_in_pack()).data


def shipped() -> Iterator[tuple[str, Path]]:
    """Yield all files with their kinds; a plan is whatever lies beside the file of a lab or an incident."""
    root = built_in_pack()
    course = data(root / "course.yaml")
    yield "course", root / "course.yaml"
    yield "glossary", root / course["glossary"]
    yield "blueprint", root / course["blueprint"]
    yield from (("exam", root / name) for name in course["exams"])
    yield "world", DOCS / "replay" / "world.yaml"
    yield "plan", DOCS / "replay" / "plan.yaml"
    yield "comparison", DOCS / "comparison.yaml"
    for part in course["parts"]:
        for topic in part["topics"]:
            yield from _lesson(root / topic["lesson"])


def _lesson(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "lesson", folder / "lesson.yaml"
    for key, kind in LISTED.items():
        for path in (folder / name for name in data(folder / "lesson.yaml").get(key, ())):
            yield kind, path
            if kind in ("lab", "incident"):
                yield from (("plan", plan) for plan in sorted(path.parent.glob("*.yaml")) if plan != path)
