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


def test_every_key_of_a_file_is_explained():
    """Whoever hovers over a key of our own sees what it is for; requests have AWS's documentation."""
    untold = [
        f"{kind}: {name}.{key}"
        for kind in KINDS_OF_FILE
        for name, each in _mappings(validator(kind).schema)
        for key, value in each["properties"].items()
        if key not in ("kind", "format") and "description" not in value and not _of_a_class(value, kind)
    ]

    assert sorted(set(untold)) == []


def test_what_an_editor_shows_is_what_the_source_says():
    """A class is described by its docstring, and a key by the words below its field."""
    release = validator("lab").schema["$defs"]["Release"]

    assert release["description"].startswith("What is met unseen")
    assert release["properties"]["replaces"]["description"].startswith("The model's name in the world")
    assert release["properties"]["expect"]["enum"] == ["promoted", "rolled-back", "served"]


AWS = ("Condition", "Create", "Delete", "Deregister", "Put", "Register", "Set", "Start", "Step", "Stop", "Update")
"""What the definitions of requests begin with, and of what stands around them in a plan."""


def _mappings(schema):
    """Yield the root and each definition of a class of ours, with their names."""
    if not schema["title"].startswith("A plan"):
        yield "", schema
    for name, each in schema["$defs"].items():
        if "properties" in each and each.get("additionalProperties") is False and not name.startswith(AWS):
            yield name, each


def _of_a_class(value, kind):
    """Does the key lead to a class, whose own words are shown?"""
    definitions = validator(kind).schema["$defs"]
    return "description" in definitions.get(value.get("$ref", "").rpartition("/")[2], {})


def _references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
