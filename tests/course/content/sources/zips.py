"""Zips as somebody might make them who means no good."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

from tests.course.content.conftest import FILES

Entry = zipfile.ZipInfo | str


def packed(
    entries: dict[Entry, bytes | str] | list[tuple[Entry, bytes | str]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for entry, data in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(entry, data)
    return out.getvalue()


def small(**more: bytes | str) -> bytes:
    """Return the small pack with more files."""
    return packed({**FILES, **more})


def with_name(name: str, data: bytes | str = "x") -> bytes:
    """Return the small pack with an entry whose name `zipfile` would have put right."""
    info = zipfile.ZipInfo("right")
    info.filename = name
    return packed([*FILES.items(), (info, data)])


def of_kind(kind: int, data: str = "/etc/passwd") -> bytes:
    """Return the small pack with a link, a device or a pipe."""
    info = zipfile.ZipInfo("entry")
    info.create_system = 3
    info.external_attr = (kind | 0o644) << 16
    return packed([*FILES.items(), (info, data)])


def twice(first: str, second: str) -> bytes:
    """Return the small pack with two more entries."""
    return packed([*FILES.items(), (first, "1"), (second, "2")])


def patched(data: bytes, offset: int, value: bytes, *, central: bool = True) -> bytes:
    """Return a zip with something else in the first entry's header in the list, or before the entry itself."""
    begins = data.index(b"PK\x01\x02") if central else 0
    return data[: begins + offset] + value + data[begins + offset + len(value) :]


def claiming(size: int, really: bytes) -> bytes:
    """Return a zip whose file is larger than its header says."""
    data = packed({"course.yaml": really})
    return patched(patched(data, 24, struct.pack("<L", size)), 22, struct.pack("<L", size), central=False)


def overlapping(count: int) -> bytes:
    """Return a zip in which every entry of the list is the same one in the file, under names of their own."""
    data = packed({"a" * 9: b"\0" * 900_000})
    begins, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    listed = data[begins:end]
    many = b"".join(listed.replace(b"a" * 9, f"{n:09}".encode()) for n in range(count))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(many), begins, 0)
    return data[:begins] + many + tail


LINK, PIPE, DEVICE = stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return what lies in a folder, links not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }
