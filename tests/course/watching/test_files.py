"""What the system tells of a folder, however an editor saves."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from course.content.packs import Packs
from course.watching.preview import PackPreview
from tests.course.content.conftest import FILES, write_pack

TEXT = "01-fleets/lesson.md"


def _in_place(file: Path, text: str) -> None:
    file.write_text(text)


def _renamed_over(file: Path, text: str) -> None:
    new = file.with_name("4913")
    new.write_text(text)
    new.replace(file)


def _deleted_and_made(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


def _with_a_copy(file: Path, text: str) -> None:
    file.rename(file.with_name(f"{file.name}~"))
    file.write_text(text)


@pytest.mark.parametrize("save", [_in_place, _renamed_over, _deleted_and_made, _with_a_copy])
async def test_a_saved_file_is_told(root: Path, save: Callable[[Path, str], None]):
    """In place, renamed over, deleted and made anew, the old one kept beside: the change comes, with its place."""
    preview = PackPreview(root, lambda: Packs(()))
    async with asyncio.timeout(60), aclosing(preview.changes()) as changes:
        coming = asyncio.ensure_future(anext(changes))
        save(root / TEXT, FILES[TEXT].replace("Some *prose*", "Other words"))
        changed = await coming
        while changed.spot is None or TEXT not in changed.files or not (root / TEXT).exists():
            changed = await anext(changes)

        assert (changed.spot.kind, changed.spot.id, changed.spot.step) == ("lesson", "fleets", 0)
        assert "Other words" in str(preview.draft("fleets").lesson.steps[0])


async def test_a_folder_that_goes_and_comes_back(root: Path):
    """That it has gone is told, and what is saved in the new one of its name."""
    preview = PackPreview(root, lambda: Packs(()))
    async with asyncio.timeout(60), aclosing(preview.changes()) as changes:
        coming = asyncio.ensure_future(anext(changes))
        shutil.rmtree(root)
        await coming
        while preview.draft("fleets").faults == ():
            await anext(changes)
        coming = asyncio.ensure_future(anext(changes))
        write_pack(root, FILES)
        await coming
        while preview.draft("fleets").faults:
            await anext(changes)
        coming = asyncio.ensure_future(anext(changes))
        (root / TEXT).write_text(FILES[TEXT].replace("Some *prose*", "Other words"))
        await coming
        while "Other words" not in str(preview.draft("fleets").lesson.steps[0]):
            await anext(changes)
