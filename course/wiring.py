"""Builds the parts and hands them to each other; the only module that knows them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.classes.submission import Submission
    from course.content.packs import Packs
    from course.history import Event
    from course.ports import Journal, Study
    from course.watching.preview import PackPreview


PATIENCE_S = 2.0
"""How long a command waits for each lock of another program; other windows of this one write for milliseconds."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where this learner's things are."""

    data: Path
    """History and packs of their own."""
    packs: tuple[Path, ...]
    """Named with --pack."""
    kept: Path | None = None
    """A folder for reports, if the learner named one."""

    @property
    def history(self) -> Path:
        """The database."""
        return self.data / "history.db"

    @property
    def reports(self) -> Path:
        """Where reports and plans to take away are written."""
        return self.kept or self.data / "reports"


def places(environ: Mapping[str, str], packs: Sequence[str]) -> Places:
    """Return the places; makes nothing."""
    from course.store.place import data_folder, reports_folder

    return Places(data_folder(environ), tuple(Path(pack) for pack in packs), reports_folder(environ))


def catalog(where: Places, complain: Callable[[str], None] = lambda text: None) -> Packs:
    """Return the built-in pack and all others as one catalog; `complain` hears of those that are left out."""
    from course.content.packs import opened
    from course.content.sources.finding import find

    packs, left_out = opened(find(where.packs, where.data), where.data)
    for line in (line for pack in left_out for line in pack.why):
        complain(f"left out: {line}")
    return packs


def journal(where: Places) -> Journal:
    """Open the learner's history."""
    from course.store.opening import open_journal

    return open_journal(where.history, now(), patience_s=PATIENCE_S)


def take_in(where: Places, file: Path) -> int:
    """Take the history of a file into the learner's; return how many of its events are new, NotImported if none can be
    taken in."""
    from course.store.database import SqliteTrouble
    from course.store.exchange import NotImported, read
    from course.store.memory import MemoryJournal
    from course.store.opening import open_journal

    events = read(file)
    journal = open_journal(where.history, now(), patience_s=PATIENCE_S)
    try:
        if isinstance(journal, MemoryJournal):
            raise NotImported(file, (journal.warning or "nothing can be saved").rstrip("."))
        return journal.merge(events)
    except SqliteTrouble as error:
        raise NotImported(file, f"the history cannot be written ({error})") from error
    finally:
        journal.close()


def exported(events: Iterable[Event]) -> str:
    """Return a history as a file that can be taken to another machine."""
    from course.store.exchange import written

    return written(events)


def submission(where: Places, learner: str, version: str, events: Iterable[Event]) -> Submission:
    """Return what a learner hands in now; ValueError for a name that is none."""
    from course.classes.submission import PackSeal, submission
    from course.content.fingerprint import fingerprint

    packs = [PackSeal(pack.outline.id, fingerprint(pack.root)) for pack in catalog(where).packs]
    return submission(learner, now(), version, packs, events)


def now() -> datetime:
    """Return the time; the only clock in the program."""
    return datetime.now(UTC)


def study(where: Places) -> Study:
    """Return all that the screens need."""
    from course.desk import LabDesk
    from course.ports import Study
    from course.shelf import Shelf
    from course.store.keeper import Keeper

    shelf = Shelf(where.packs, where.data)
    return Study(shelf, Keeper(where.history, now), LabDesk(where.reports, workers=cores()), now)


def preview(where: Places, folder: Path) -> tuple[Study, PackPreview]:
    """Return all that the screens need to show a pack while it is written, and the pack that is watched; nothing that
    is done there is kept."""
    from course.content.packs import find_packs, open_packs
    from course.desk import LabDesk
    from course.ports import Study
    from course.store.memory import MemoryJournal
    from course.watching.preview import PackPreview

    def others() -> Packs:
        return open_packs(each for each in find_packs(where.packs, where.data, folder) if each != folder.resolve())[0]

    watched = PackPreview(folder, others)
    return Study(watched.catalog, MemoryJournal(), LabDesk(where.reports, workers=cores()), now), watched


def cores() -> int:
    """Return how many worker processes are worth starting."""
    return os.cpu_count() or 1
