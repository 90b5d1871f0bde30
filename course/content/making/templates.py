"""The files that new things begin with, from the folder beside this one, with what is theirs filled in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from string import Template

from course.content.making.comments import commented
from course.content.making.schemas import schema_line
from course.content.yaml.rewriting import scalar
from course.content.yaml.scalars import Scalar


def plain(name: str, **values: Scalar) -> str:
    """Return a template with values in the places of `$names`, each written as YAML writes it."""
    return filled(read(name), {key: scalar(value) for key, value in values.items()})


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with values as they are."""
    return Template(text).substitute(values)


def yaml_file(kind: str, text: str, depth: int) -> str:
    """Return a file's text with the name of its schema and with comments; `depth` counts the folders around it."""
    return f"{schema_line(kind, depth)}{commented(text, kind)}"


def read(name: str) -> str:
    """Return a template as it is."""
    return (resources.files("course.content.making") / "templates" / name).read_text(encoding="utf-8")
