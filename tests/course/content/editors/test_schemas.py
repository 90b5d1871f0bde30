"""The schemas that editors read: what is shipped fits them, and they tell what keys are for."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from course.content.editors.schemas import KINDS_OF_FILE, SUFFIX, schemas
from course.content.packs import built_in_pack
from tests.course.content.editors.shipped import data, shipped, validator

FILES = tuple(shipped())
MISTAKEN = "mend-the-guide/start.yaml"
"""A request as an old guide has it, which the learner is asked to mend: AWS would refuse it, and so does the schema."""


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_every_file_that_is_shipped_fits(kind):
    """Each kind has files, and all of them are right by their schema."""
    files = [path for each, path in FILES if each == kind]
    wrong = [
        f"{path.parent.name}/{path.name}: {list(error.absolute_path)}"
        for path in files
        for error in validator(kind).iter_errors(data(path))
    ]

    assert files
    assert wrong == ([f"{MISTAKEN}: ['UpdateEndpoint']"] if kind == "plan" else [])


def test_no_file_of_the_course_is_left_out():
    """Whatever lies in the pack as YAML has a kind, but for the plans that lie beside a lesson's predictions."""
    known = {path for _, path in FILES}
    left = {path for path in built_in_pack().rglob("*.yaml") if path not in known}
    predicted = {
        path.parent / each["plan"]
        for kind, path in FILES
        if kind == "predictions"
        for each in data(path)["predictions"]
    }

    assert left <= predicted


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_each_is_a_schema_of_the_draft_that_it_names(kind):
    """It is a right schema by the draft's own, and refers to nothing outside of itself."""
    text = schemas()[f"{kind}{SUFFIX}"]
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    named = {each.rsplit("/", 1)[1] for each in _references(schema)}

    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert named == schema["$defs"].keys()


def test_what_an_editor_shows_is_what_the_source_says():
    """A class is described by its docstring, and a key by the words below its field."""
    release = json.loads(schemas()[f"lab{SUFFIX}"])["$defs"]["Release"]

    assert release["description"].startswith("What is met unseen")
    assert release["properties"]["replaces"]["description"].startswith("The model's name in the world")
    assert release["properties"]["expect"]["enum"] == ["promoted", "rolled-back", "served"]


def _references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
