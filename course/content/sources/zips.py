"""A zip named with --pack, unpacked once beside the history and known again by its size and time.

What is unpacked is named by what the zip holds, so a changed zip is another folder, and a screen that is open goes on
with the one that it has.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from course.content.sources.refusal import NotTaken
from course.content.stamps import stamp

FOLDER = "zips"
"""Beside the history."""
FORMAT = 1
"""Of the list; another number is unpacked anew."""
_LIST = "list.json"
_MOST_KEPT = 8
"""Zips that stay unpacked, those that were opened anew last; each may be large."""


def unpacked(path: Path, data_folder: Path) -> Path:
    """Return the folder of the pack in a zip; NotTaken if there is none in it, or it cannot be unpacked."""
    beside, name, now = data_folder / FOLDER, str(path.resolve()), stamp(path)
    kept = _read(beside / _LIST)
    if name in kept and kept[name]["stamp"] == now:
        root = beside / str(kept[name]["root"])
        if root.resolve().is_relative_to(beside.resolve()) and (root / "course.yaml").is_file():
            return root
    try:
        root = _unpack(path, beside)
        kept.pop(name, None)  # the newest comes last
        kept[name] = {"stamp": now, "root": root.relative_to(beside).as_posix()}
        _write(beside / _LIST, dict(list(kept.items())[-_MOST_KEPT:]))
    except OSError as error:
        raise NotTaken(path, f"cannot be unpacked into {beside}; {error.strerror}") from error
    return root


def _unpack(path: Path, beside: Path) -> Path:
    from course.content.sources.roots import pack_root
    from course.content.sources.unzipping import read_zip, unzip

    data = read_zip(path)
    target = beside / hashlib.sha256(data).hexdigest()[:32]
    with suppress(NotTaken, OSError):
        return pack_root(target, path)  # the same zip elsewhere, or one that was touched
    shutil.rmtree(target, ignore_errors=True)
    beside.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=beside))
    try:
        unzip(data, path, new / "pack")
        pack_root(new / "pack", path)
        _settle(new / "pack", target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return pack_root(target, path)


def _settle(new: Path, target: Path) -> None:
    try:
        new.rename(target)
    except OSError:
        if not target.is_dir():  # else another window was faster with the same zip
            raise


def _read(file: Path) -> dict[str, Any]:
    """Return what is kept of each zip; nothing where that cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["format"] == FORMAT:
            zips: dict[str, dict[str, Any]] = kept["zips"]
            return {name: {"stamp": each["stamp"], "root": str(each["root"])} for name, each in zips.items()}
    return {}


def _write(file: Path, kept: dict[str, Any]) -> None:
    """Keep the list, and throw away what an earlier list has left behind."""
    before = {Path(each["root"]).parts[0] for each in _read(file).values()}
    after = {Path(each["root"]).parts[0] for each in kept.values()}
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"format": FORMAT, "zips": kept}), encoding="utf-8")
    new.replace(file)
    for folder in file.parent.iterdir():
        # What was listed until now may be open in another window: it goes the next time.
        if folder.is_dir() and folder.name not in before | after:
            shutil.rmtree(folder, ignore_errors=True)
