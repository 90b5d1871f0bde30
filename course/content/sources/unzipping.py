"""A zip from anybody, unpacked into a folder of its own, or refused with the entry that is to blame.

Every entry is looked at before the first is written. What a header says is believed of no size: bytes are counted as
they come.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from course.content.sources.bounds import MOST_ENTRIES, Bounds
from course.content.sources.refusal import NotTaken
from course.content.yaml.wording import shown
from course.errors import one_line

LARGEST_ZIP = 50_000_000
"""Bytes."""
_LARGEST_LIST = MOST_ENTRIES * 256
"""Bytes of the list of entries; it is read as a whole before any of it can be judged."""
_MOST_TIMES = 200
"""How many times larger a file may become; text becomes ten times larger."""
_FREELY = 1_000_000
"""Bytes that any file may become: a page of blanks is no bomb."""
LONGEST_NAME = 255
"""Bytes of the name of one file or folder."""
_ENCRYPTED = 0x1
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
_HEAD = struct.Struct("<4s22xHH")
"""What stands before a file: its mark, and how long the name and what else is said of it are."""
_SPOILT = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)
"""What `zipfile` raises for what is damaged, or made so; an OSError is the disk's, since the zip is in memory."""


def read_zip(path: Path) -> bytes:
    """Return a zip as it is; NotTaken if it is none, or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_ZIP + 1)
    except OSError as error:
        raise NotTaken(path, f"cannot be read; {error.strerror}") from error
    if len(data) > LARGEST_ZIP:
        raise NotTaken(path, f"is larger than {LARGEST_ZIP} bytes; a pack is text, leave the rest out")
    end = data.rfind(_END, max(len(data) - 65_557, 0))
    if end < 0 or len(data) < end + 22:
        raise NotTaken(path, "is no zip, or was cut off; pack the folder again")
    [listed] = struct.unpack_from("<L", data, end + 12)
    if listed > _LARGEST_LIST or _END_OF_LARGE in data[max(end - 20, 0) : end]:
        raise NotTaken(path, f"holds more than {MOST_ENTRIES} files and folders, or says so; a pack has far fewer")
    return data


def unzip(data: bytes, path: Path, into: Path) -> None:
    """Unpack a zip into a new folder; NotTaken, naming `path` and the entry, if anything in it is not as it should be.

    Then the folder may hold a part of it, and nothing has been written anywhere else.
    """
    into.mkdir(parents=True)
    bounds, at = Bounds(path), None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = list(_looked_at(archive, path, bounds))
            _complain_of_overlaps(archive, data, path)
            for info, name in entries:
                at, target = str(name), into / name
                if info.is_dir():
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                most = max(info.compress_size * _MOST_TIMES, _FREELY)
                with archive.open(info) as source:
                    if bounds.copy(source, target, name, most) != info.file_size:
                        raise zipfile.BadZipFile("another size than it says")
    except _SPOILT as error:
        raise NotTaken(path, f"is damaged and cannot be unpacked ({_reason(error)}); pack it again", at) from error


def _looked_at(archive: zipfile.ZipFile, path: Path, bounds: Bounds) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Yield the entries with the names that they are unpacked under."""
    taken: dict[str, tuple[str, bool]] = {}
    """How a name is spelt and whether it is a folder's, by what systems take for the same name."""
    files: set[PurePosixPath] = set()
    for info in archive.infolist():
        if why := _wrong_name(info.orig_filename) or _wrong_kind(info):
            raise NotTaken(path, why, info.orig_filename)
        name = PurePosixPath(info.filename)
        bounds.entry(name)
        for each in (*reversed(name.parents[:-1]), name):
            folder = each != name or info.is_dir()
            spelt, is_folder = taken.setdefault(_key(each), (str(each), folder))
            if spelt != str(each):
                raise NotTaken(path, f"and {shown(spelt)} are one name on some systems; rename one", str(each))
            if is_folder != folder:
                raise NotTaken(path, "is a file and a folder at once; pack it again", str(each))
        if not info.is_dir() and name in files:
            raise NotTaken(path, "is there twice; pack it again", str(name))
        files.add(name)
        yield info, name


def _key(name: PurePosixPath) -> str:
    """Return what systems that are not particular take a name for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(name)).casefold())


def _wrong_name(name: str) -> str:
    """Return why nothing may be written under this name; empty if it may."""
    if not name.isprintable():
        return "has a name with signs that cannot be seen; rename it"
    if "\\" in name:
        return "has a name with a backslash; name folders with /"
    if ":" in name or name.startswith("/"):
        return "leads to a place of its own; name a file below the folder of the pack"
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        return "leads out of the folder; name a file below the folder of the pack"
    if any(part in ("", ".") or part.endswith((".", " ")) for part in parts):
        return "has a name that some systems write otherwise; rename it"
    if any(len(part.encode()) > LONGEST_NAME for part in parts):
        return "has a name that is too long; give a short one"
    return ""


def _wrong_kind(info: zipfile.ZipInfo) -> str:
    """Return why an entry is none to be unpacked; empty if it is a file or a folder like any other."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link; put the file itself there"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a device or a pipe; leave it out"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; pack it without a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that not every program knows; pack it as zips usually are"
    if info.is_dir() and info.file_size:
        return "is a folder that holds bytes; pack it again"
    return ""


def _complain_of_overlaps(archive: zipfile.ZipFile, data: bytes, path: Path) -> None:
    """Refuse entries that share their bytes: a small zip can become any size by them."""
    entries = sorted(archive.infolist(), key=lambda info: info.header_offset)
    begins = [*(info.header_offset for info in entries[1:]), archive.start_dir]
    for info, next_begins in zip(entries, begins, strict=False):
        _, name, extra = _HEAD.unpack_from(data, info.header_offset)
        if info.header_offset + _HEAD.size + name + extra + info.compress_size > next_begins:
            raise NotTaken(path, "shares its bytes with another entry; pack it again", info.orig_filename)


def _reason(error: Exception) -> str:
    """Return what `zipfile` says, on one line and not at length."""
    return one_line(error)[:80].rstrip(".") or type(error).__name__
