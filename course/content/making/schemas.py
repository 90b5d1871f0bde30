"""The JSON Schemas that files name in their first line, put beside them, so that editors complete and underline."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePosixPath

from course.content.making.made import Made

FOLDER = PurePosixPath("schemas")


def add_schemas(made: Made) -> None:
    """Note the schemas that are not there yet."""
    for name, text in schema_files().items():
        if not (made.root / FOLDER / name).exists():
            made.add(FOLDER / name, text)


def schema_files() -> Mapping[str, str]:
    """Return the text of each schema by the name of its file."""
    try:
        module = import_module("course.content.schema.json_schema")
    except ModuleNotFoundError:
        return {}
    found: Mapping[str, str] = module.schemas()
    return found
