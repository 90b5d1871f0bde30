"""`mlcourse check --reports FOLDER`: what learners say, beside the questions that they say it of.

It is told after problems and advice, and fails no check: somebody has to judge it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.cli.present import counted
from course.content.lint.reported import Received, elsewhere, reported
from course.content.pack import Pack
from course.content.yaml.errors import ContentError
from course.errors import one_line

if TYPE_CHECKING:
    from course.content.lint.reported import Reported


def lines(folders: Sequence[Path], received: Sequence[Received]) -> Iterator[str]:
    """Yield what to print of the reports, question by question, and of each file that is about none."""
    found, others = _found(folders, received)
    if not received:
        yield "There are no reports in that folder; their files end in .json."
    for folder, each in found:
        yield f"{folder.as_posix()}/{each.at}" if len(folders) > 1 else str(each.at)
        yield from (f"  {line}" for line in each.said)
    for file, say in others:
        yield f"{one_line(file)}: {say}"


def view(folders: Sequence[Path], received: Sequence[Received]) -> dict[str, Any]:
    """Return the same for programs."""
    found, others = _found(folders, received)
    return {
        "questions": [{"pack": folder, **_view(each)} for folder, each in found],
        "others": [{"file": file, "say": say} for file, say in others],
    }


def _view(each: Reported) -> dict[str, Any]:
    place = {"path": each.at.path, "line": each.at.line, "column": each.at.column, "say": each.at.say}
    return {**place, "said": each.said, "files": each.files}


def _found(
    folders: Sequence[Path], received: Sequence[Received]
) -> tuple[list[tuple[Path, Reported]], list[tuple[Path, str]]]:
    """Return the questions with their reports, each with its pack, and the files that are about none."""
    readable: list[Pack] = []
    found: list[tuple[Path, Reported]] = []
    for folder in folders:
        pack = Pack(folder)
        try:
            found += [(folder, each) for each in reported(pack, received)]
        except ContentError:
            continue  # its outline is wrong, and that has been said
        readable.append(pack)
    if len(readable) < len(folders):
        say = f"{counted(len(received), 'report')} cannot be told from others before the outline is mended"
        return found, [(Path(*folders[:1]), say)]
    return found, list(elsewhere(readable, received))
