"""A preview of real files with an author at the editor: each save is told to it, and waited for."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual.pilot import Pilot

from course.content.packs import Packs
from course.desk import LabDesk
from course.ports import Study
from course.previews import Spot
from course.store.memory import MemoryJournal
from course.tui.preview.app import PreviewApp
from course.watching.preview import PackPreview
from tests.course.content.conftest import FILES, LESSON, QUESTIONS, TEXT, write_pack
from tests.course.tui.driving import SMALL, until
from tests.course.tui.fakes import Clock

SECOND = """\
  - id: how-many
    kind: numeric
    stem: How many fleets are there?
    value: 2
    hints: [Count.]
    explain: Blue and green.
    accepts: ["2"]
    rejects: ["3"]
"""
PAGES = f"""{TEXT}
## Nothing is lost

The old fleet waits.

{{question: how-many}}
"""
OTHER = {
    "02-alarms/lesson.yaml": LESSON.replace("id: fleets", "id: alarms")
    .replace("Two fleets", "Alarms")
    .replace("questions: [questions.yaml]\nlabs: [update/lab.yaml]\n", ""),
    "02-alarms/lesson.md": "## Bells\n\nThey ring.\n",
}
COURSE = FILES["course.yaml"] + "      - {lesson: 02-alarms}\n"
PACK = {
    **FILES,
    **OTHER,
    "course.yaml": COURSE,
    "01-fleets/lesson.md": PAGES,
    "01-fleets/questions.yaml": QUESTIONS + SECOND,
}


@dataclass
class Author:
    """Whoever saves files; each method returns when the preview has looked at what was saved."""

    root: Path
    told: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    looked: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    async def source(self, root: Path) -> AsyncIterator[None]:
        """Say that something was saved, when it was."""
        while True:
            await self.told.get()
            yield None
            self.looked.put_nowait(None)

    async def tell(self) -> None:
        """Have the preview look."""
        self.told.put_nowait(None)
        async with asyncio.timeout(30):
            await self.looked.get()

    async def save(self, name: str, text: str) -> None:
        """Write a file."""
        write_pack(self.root, {name: text})
        await self.tell()

    async def edit(self, name: str, old: str, new: str) -> None:
        """Replace something in a file."""
        text = (self.root / name).read_text()
        assert text.count(old) == 1, (name, old, text.count(old))
        await self.save(name, text.replace(old, new))

    async def take_away(self) -> None:
        """Remove the whole folder."""
        shutil.rmtree(self.root)
        await self.tell()

    async def bring_back(self) -> None:
        """Write the whole folder again."""
        write_pack(self.root, PACK)
        await self.tell()


@asynccontextmanager
async def previewed(
    tmp_path: Path, at: Spot | None = None, size: tuple[int, int] = SMALL, **files: str
) -> AsyncIterator[tuple[Pilot[None], Author]]:
    """Open the preview of the pack, with some of its files as given by their names' last parts."""
    named = {next(name for name in PACK if name.endswith(key.replace("_", "."))): text for key, text in files.items()}
    author = Author(write_pack(tmp_path / "pack", {**PACK, **named}))
    preview = PackPreview(author.root, lambda: Packs(()), author.source)
    study = Study(preview.catalog, MemoryJournal(), LabDesk(tmp_path), Clock())
    async with PreviewApp(study, preview, at).run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, author


async def counted(pilot: Pilot[None], problems: int) -> None:
    """Wait until the last check has found so many problems."""
    assert isinstance(pilot.app, PreviewApp)
    app = pilot.app
    await until(pilot, lambda: app.standing.problems == problems)
