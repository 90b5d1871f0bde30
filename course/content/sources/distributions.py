"""The entry points of all that is installed, and the folders that they name: nothing is imported, nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from course.content.sources.finding import COURSE_FILE
from course.content.sources.installed import Installed
from course.content.yaml.wording import shown
from course.errors import one_line

GROUP = "mlcourse.packs"
NAMELESS = "a package without a name"
_UNREADABLE = (OSError, ValueError, TypeError, AttributeError, KeyError)
"""What the metadata of a distribution may raise that somebody has damaged."""


def packs_of_distributions() -> Iterator[Installed]:
    """Yield the packs that distributions name, by distribution; of two of one name the first is the one in use."""
    found: dict[str, list[Installed]] = {}
    for each in metadata.distributions():
        try:
            text = each.read_text("entry_points.txt") or ""
        except _UNREADABLE:  # it cannot be told whether a pack is named there
            continue
        if GROUP in text:
            name = _name(each)
            found.setdefault(name.casefold(), list(_packs(each, name)))
    for name in sorted(found):
        yield from found[name]


def _name(distribution: metadata.Distribution) -> str:
    try:
        name: str | None = distribution.metadata["Name"]
        return one_line(f"{name} {distribution.version}")[:80] if name else NAMELESS
    except _UNREADABLE:
        return NAMELESS


def _packs(distribution: metadata.Distribution, by: str) -> Iterator[Installed]:
    try:
        named = [entry for entry in distribution.entry_points if entry.group == GROUP]
    except _UNREADABLE:
        yield Installed(Path(by), by, f"the entry points of {by} cannot be read; install it again")
        return
    for entry in sorted(named, key=lambda entry: (entry.name, entry.value)):
        folders = list(_folders(entry.value))
        root = next((folder for folder in folders if (folder / COURSE_FILE).is_file()), None)
        if root is not None:
            yield Installed(root, by)
        else:
            where = f"{by} names {shown(entry.value)} as a pack, and"
            say = f"that package holds no {COURSE_FILE}" if folders else "there is no package of this name"
            yield Installed(folders[0] if folders else Path(by), by, f"{where} {say}; tell its authors")


def _folders(name: str) -> Iterator[Path]:
    """Yield the folders of a package, as those who would import it find them; none where there is no such package.

    What lies in a package is looked for as a folder of it: Python would run the package to find it.
    """
    top, *inside = name.strip().split(".")
    if not all(part.isidentifier() for part in (top, *inside)):
        return
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place).joinpath(*inside)
        if folder.is_dir():
            yield folder
