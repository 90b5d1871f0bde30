"""Files of predictions: runs of a lab's world that a learner foretells.

The lab itself is read when its step is opened, for it brings the engine along; `mlcourse check` looks that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Any, Literal

from course.content.files.folder import Folder
from course.content.schema.build import build
from course.content.schema.ids import listed_ids, repeated
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError
from course.syllabus import Prediction
from engine.bounds import Told, bounded
from labs.prediction import Part


def _no_parts(asks: tuple[Part, ...]) -> str | None:
    right = asks and len(set(asks)) == len(asks)
    return None if right else "needs one part at least, each once; such as [ending, harmed]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionEntry:
    """A run to be foretold."""

    id: str
    """Of letters, digits and hyphens; for ever."""
    revision: int = bounded(1, low=1)
    """Goes up when the meaning changes."""
    title: str
    """What the step is called in lists."""
    lab: str
    """Whose world it is; of any lesson."""
    release: str
    """One of the lab's."""
    plan: str
    """The plan's file, below the lesson's folder."""
    seed: int = bounded(0, low=0, high=999_999)
    """Which run."""
    stem: str
    """The situation, in Markdown; the questions follow from `asks`."""
    asks: tuple[Part, ...] = bounded(rule=Told(_no_parts, {"minItems": 1, "uniqueItems": True}))
    """What is to be said of the run."""
    explain: str
    """Told afterwards, in Markdown."""


@dataclass(frozen=True, slots=True)
class PredictionsFile:
    """A file of predictions."""

    format: Literal[1]
    predictions: tuple[PredictionEntry, ...]
    """Each is placed in the text once."""


def read_predictions(folder: Folder, name: PurePosixPath, beside: PurePosixPath) -> tuple[Prediction, ...]:
    """Return the predictions of a file, whose plans lie below the folder `beside`; ContentError with all that is wrong
    with them."""
    document = folder.document(name)
    complaints = Complaints(document)
    file = build(PredictionsFile, document.data, complaints)
    complaints.problems.extend(repeated(listed_ids(document, "predictions", "prediction")))
    found = tuple(_predictions(folder, file, beside, complaints)) if file is not None else ()
    return complaints.settle(found)


def _predictions(
    folder: Folder, file: PredictionsFile, beside: PurePosixPath, complaints: Complaints
) -> Iterator[Prediction]:
    for index, entry in enumerate(file.predictions):
        trail: Trail = ("predictions", index)
        path = folder.referred(complaints, (*trail, "plan"), entry.plan, beside)
        text = _text(folder, path, complaints) if path is not None else ""
        given: dict[str, Any] = {each.name: getattr(entry, each.name) for each in fields(entry)}
        yield Prediction(**given, plan_text=text)


def _text(folder: Folder, path: PurePosixPath, complaints: Complaints) -> str:
    try:
        return folder.text(path)
    except ContentError as error:
        complaints.problems.extend(error.problems)
        return ""
