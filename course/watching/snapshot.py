"""The files of a folder as they are at a moment, and what is different from an earlier one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from course.content.stamps import Stamp
from course.content.yaml.reader import LARGEST_FILE

MOST_FILES = 5000
"""Of a pack; whatever else lies in its folder is not looked at."""
MOST_TEXT = 64_000_000
"""Bytes whose lines are kept, to find the line that has changed."""
LISTED = frozenset({".yaml", ".yml", ".md"})
"""Files whose lines are about different places."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One file."""

    stamp: Stamp
    digest: bytes
    lines: tuple[str, ...]
    """None where they make no difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that says something else than before."""

    name: PurePosixPath
    line: int
    """The first that differs, from 1."""
    at_ns: int
    """When it was written; 0 if it was taken away."""


Snapshot = Mapping[PurePosixPath, Seen]


def look(root: Path, before: Snapshot) -> Snapshot:
    """Return the files of a folder; those whose size and time are as before are not read again."""
    found: dict[PurePosixPath, Seen] = {}
    room = MOST_TEXT
    for path, stamp in _files(root):
        name = PurePosixPath(path.relative_to(root).as_posix())
        earlier = before.get(name)
        seen = earlier if earlier and earlier.stamp == stamp else _read(path, stamp, room)
        if seen is not None:
            found[name] = seen
            room -= sum(map(len, seen.lines))
    return found


def differences(before: Snapshot, now: Snapshot) -> list[Difference]:
    """Return what is different, what was written last at the end; a file that was only touched says the same."""
    changed = []
    for name in before.keys() | now.keys():
        old, new = before.get(name), now.get(name)
        if new is None:
            changed.append(Difference(name, 1, 0))
        elif old is None or old.digest != new.digest:
            changed.append(
                Difference(name, changed_line(old.lines if old else (), new.lines), (new.stamp or [0, 0])[1])
            )
    return sorted(changed, key=lambda each: (each.at_ns, each.name))


def changed_line(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    """Return the first line that is another, or new, and not blank."""
    same = next((at for at, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), None)
    first = min(len(old), len(new)) if same is None else same
    changed = len(new) - _alike_at_the_end(old[first:], new[first:])
    written = (at for at in range(first, changed) if new[at].strip())
    return max(1, min(next(written, first) + 1, len(new)))


def _alike_at_the_end(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    pairs = enumerate(zip(reversed(old), reversed(new), strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(old), len(new)))


def _files(root: Path) -> Iterator[tuple[Path, Stamp]]:
    """Yield the ordinary files; nothing whose name begins with a dot, and nothing that editors keep beside."""
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__")))
        for name in sorted(names):
            if name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak")):
                continue
            path = Path(folder, name)
            try:
                found = path.stat()
            except OSError:
                continue  # it has gone meanwhile, or leads nowhere
            if not path.is_file() or found.st_size > LARGEST_FILE:
                continue
            count += 1
            if count > MOST_FILES:
                return
            yield path, [found.st_size, found.st_mtime_ns]


def _read(path: Path, stamp: Stamp, room: int) -> Seen | None:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE)
    except OSError:
        return None
    kept = path.suffix in LISTED and len(data) <= room
    lines = tuple(data.decode(errors="replace").split("\n")) if kept else ()
    return Seen(stamp, sha256(data).digest(), lines)
