"""Packs put into the data folder and taken out of it: if that is killed, the old one is there or the new one."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course.content.sources.copying import copy_folder
from course.content.sources.finding import ADDED, COURSE_FILE, old_name
from course.content.sources.refusal import NotTaken
from course.content.sources.roots import pack_root
from course.content.sources.unzipping import read_zip, unzip

_MARK = ".added.json"
"""The file that tells a pack that was added from a folder that somebody has put there."""
_NEW = ".new-"


@contextmanager
def staged(source: Path, data_folder: Path) -> Iterator[Path]:
    """Yield the folder of the pack in a copy of a zip or a folder, on the disk on which added packs lie; NotTaken if
    there is no pack in it, or more than may be.

    The copy is gone afterwards, if it was not put in place.
    """
    packs = data_folder / ADDED
    packs.mkdir(parents=True, exist_ok=True)
    _tidy(packs)
    new = Path(tempfile.mkdtemp(prefix=_NEW, dir=packs))
    try:
        if source.is_dir():
            if not (source / COURSE_FILE).is_file():
                raise NotTaken(source, f"holds no {COURSE_FILE}; give the folder that does")
            copy_folder(source, new / "pack")
        else:
            unzip(read_zip(source), source, new / "pack")
        yield pack_root(new / "pack", source)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def put_in_place(root: Path, id: str, data_folder: Path, source: str) -> Path:
    """Give a staged pack its place in the stead of an added one of this id, if there is one; return its folder.

    `source` is what it was added from.
    """
    target = data_folder / ADDED / id
    (root / _MARK).write_text(json.dumps({"from": source}), encoding="utf-8")
    old = target.parent / old_name(id)
    if target.exists():
        target.rename(old)
    root.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def take_out(folder: Path) -> None:
    """Remove an added pack at once, though its files take a while."""
    gone = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder.parent))
    folder.rename(gone / "pack")
    shutil.rmtree(gone)


def added_from(folder: Path) -> str | None:
    """Return what an added pack was added from; None if somebody has put the folder there without `pack add`."""
    if folder.is_symlink():
        return None
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((folder / _MARK).read_text(encoding="utf-8"))["from"])
    return None


def _tidy(packs: Path) -> None:
    """Finish what was killed in the middle: a pack that was being replaced is the old one again, unless the new one
    has its name."""
    for each in packs.iterdir():
        if each.name.startswith(_NEW):
            shutil.rmtree(each, ignore_errors=True)
        elif each.name == old_name(id := each.name.removeprefix(".").removesuffix(".old")):
            if (packs / id).exists():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.rename(packs / id)
