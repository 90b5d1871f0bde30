"""Where the packs are: the built-in one, those named with --pack, those that were added, those of installed packages.

On the way to the first screen, so nothing here reads YAML; what takes longer is kept from the last time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import lessons
from course.content.sources.installed import installed

COURSE_FILE = "course.yaml"
ADDED = "packs"
"""The folder beside the history in which a learner's own packs lie, each in a folder."""
OLD = ".old"
"""Ends the name of a pack that is being replaced; it counts until the new one is there."""

Origin = Literal["built in", "--pack", "added", "installed"]


class Found(NamedTuple):
    """A pack, or what was to be one."""

    root: Path
    """The folder that holds its course.yaml, links followed; of a zip that cannot be used the zip itself."""
    origin: Origin
    given: Path
    """What people know it by: the folder or the zip."""
    by: str = ""
    """Of an installed pack the distribution and its version."""
    wrong: str = ""
    """Why it cannot be had at all; empty if it may be read."""

    @property
    def called(self) -> Path:
        """What messages about its files call the pack: a zip, rather than the folder that it was unpacked into."""
        return self.root if self.given.is_dir() else self.given


def built_in_pack() -> Path:
    """Return the folder of the pack that comes with the program."""
    return Path(lessons.__file__).parent


def find(named: Iterable[Path] = (), data_folder: Path | None = None) -> tuple[Found, ...]:
    """Return all packs, each folder once; the ids of an earlier one are taken for a later one.

    Without a data folder these are the built-in pack and those named.
    """
    found = [Found(built_in_pack().resolve(), "built in", built_in_pack())]
    found += (_named(path, data_folder) for path in named)
    if data_folder is not None:
        found += (Found(folder.resolve(), "added", folder) for folder in added_folders(data_folder))
        for root, by, wrong in installed(data_folder):
            found.append(Found(root.resolve(), "installed", root, by, wrong))
    first: dict[Path, Found] = {}
    for each in found:
        first.setdefault(each.root, each)
    return tuple(first.values())


def added_folders(data_folder: Path) -> Iterator[Path]:
    """Yield the folders of the learner's own packs, by name.

    One that is being replaced, or was when the power went, is the old one until the new one has its name.
    """
    folders = {file.parent.name: file.parent for file in (data_folder / ADDED).glob(f"*/{COURSE_FILE}")}
    for name, folder in sorted(folders.items()):
        replaced = name.removeprefix(".").removesuffix(OLD)
        if not name.startswith(".") or (name == old_name(replaced) and replaced not in folders):
            yield folder


def old_name(id: str) -> str:
    """Return what the folder of a pack is called while another takes its place."""
    return f".{id}{OLD}"


def _named(path: Path, data_folder: Path | None) -> Found:
    if data_folder is None or not path.is_file():
        return Found(path.resolve(), "--pack", path)
    from course.content.sources.refusal import NotTaken
    from course.content.sources.zips import unpacked

    try:
        return Found(unpacked(path, data_folder).resolve(), "--pack", path)
    except NotTaken as refusal:
        return Found(path.resolve(), "--pack", path, wrong=str(refusal))
