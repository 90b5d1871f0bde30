"""The JSON Schemas that files name in their first line, put beside them, so that editors complete and underline."""

from __future__ import annotations

from pathlib import PurePosixPath

from course.content.editors.schemas import KINDS_OF_FILE, SUFFIX, schemas
from course.content.making.made import Made

FOLDER = PurePosixPath("schemas")


def add_schemas(made: Made) -> None:
    """Note the schemas that are not there yet."""
    names = (f"{kind}{SUFFIX}" for kind in KINDS_OF_FILE)
    if missing := [name for name in names if not (made.root / FOLDER / name).exists()]:
        texts = schemas()
        for name in missing:
            made.add(FOLDER / name, texts[name])


def schema_line(kind: str, depth: int) -> str:
    """Return the line by which editors find the schema of a kind of file; `depth` counts the folders around it."""
    return f"# yaml-language-server: $schema={'../' * depth}{FOLDER}/{kind}{SUFFIX}\n"
