"""A lab or an incident as a list shows it: its file alone is read, without the world and the plans that make it one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from course.content.files.folder import Folder
from course.content.schema.build import build
from course.content.yaml.document import Complaints
from engine.bounds import Bounded, bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFile(Bounded):
    """The keys of the file that a list shows."""

    title: str
    """As lists show it."""
    minutes: int = bounded(low=1, high=600)
    """How long it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A line of a list."""

    id: str
    title: str
    minutes: int
    lesson: str
    """The id of the lesson that it belongs to."""


def read_card(folder: Folder, path: PurePosixPath, lesson: str) -> Card:
    """Return the card of a file; ContentError with all that is wrong with it as far as a list needs it."""
    document = folder.document(path)
    complaints, data = Complaints(document), document.data
    if isinstance(data, Mapping):
        data = {key: value for key, value in data.items() if key in CardFile.__dataclass_fields__}
    file = complaints.settle(build(CardFile, data, complaints))
    return Card(id=path.parent.name, title=file.title, minutes=file.minutes, lesson=lesson)
