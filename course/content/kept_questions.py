"""The cards of all questions as they are kept beside the history, file by file, with the size and time of each file.

On the way to the first screen of a learner who missed a goal, so nothing here may import a reader of YAML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from course.content.stamps import stamp
from course.syllabus import QuestionCard

FORMAT = 3
"""Goes up when the kept form changes; another number is read anew."""
NAME = "questions.json"
"""Of the file beside the history."""
Files = dict[str, Any]
"""By path, in learning order: `stamp`, `lesson` and `rows`, a row for each question with its `card` and `lines`."""


def read(path: Path) -> Files:
    """Return what is kept of each file; nothing where it cannot be read, or is of another version."""
    return _read(path)[1]


def write(path: Path, packs: Sequence[str], files: Files) -> None:
    """Keep the files of these packs; where nothing can be written the next time just takes longer."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"format": FORMAT, "packs": list(packs), "files": files}), encoding="utf-8")
        new.replace(path)


def cards(path: Path, packs: Sequence[str]) -> tuple[QuestionCard, ...] | None:
    """Return the kept cards of these packs, whose lessons name the same files as then; None if a file has changed."""
    kept, files = _read(path)
    if kept != list(packs) or any(stamp(Path(name)) != each["stamp"] for name, each in files.items()):
        return None
    found: dict[str, QuestionCard] = {}
    for each in files.values():
        for row in each["rows"]:
            found.setdefault(row["card"]["id"], card(row, each["lesson"]))
    return tuple(found.values())


def card(row: Mapping[str, Any], lesson: str) -> QuestionCard:
    """Return the card of a row."""
    objectives = {exam: tuple(each) for exam, each in row["card"]["objectives"].items()}
    return QuestionCard(**{**row["card"], "lesson": lesson, "objectives": objectives})


def _read(path: Path) -> tuple[list[str], Files]:
    """Return of which packs it is, and the files."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["format"] == FORMAT:
            names = ("stamp", "lesson", "rows")
            files = {str(file): {name: each[name] for name in names} for file, each in kept["files"].items()}
            return [str(pack) for pack in kept["packs"]], files
    return [], {}
