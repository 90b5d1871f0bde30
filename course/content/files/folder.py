"""The files of one pack: read once each, and never anything outside the pack's folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from course.content.stamps import Stamp, stamp
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.reader import read_text, read_what_can_be_read
from course.content.yaml.wording import nearest, shown


class Folder:
    """A pack's folder; the names of its files are relative, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.stamps: dict[Path, Stamp] = {}
        """Each YAML file as it was just before it was read."""
        self._documents: dict[PurePosixPath, Document] = {}

    def document(self, name: PurePosixPath) -> Document:
        """Return a YAML file, read when first asked for; ContentError if it cannot be read, but for single numbers."""
        if name not in self._documents:
            self.stamps[self.root / name] = stamp(self.root / name)
            self._documents[name] = read_what_can_be_read(self.text(name), Path(name))
        return self._documents[name]

    def text(self, name: PurePosixPath) -> str:
        """Return a file's text with plain line feeds; bytes that are not UTF-8 come as surrogates."""
        if not self._inside(name):
            raise ContentError([Problem(Path(name), 1, 1, "this file lies outside of the pack; put it inside")])
        return read_text(self.root / name, self.root).replace("\r\n", "\n")

    def referred(self, complaints: Complaints, trail: Trail, name: str, beside: PurePosixPath) -> PurePosixPath | None:
        """Return the file that `name`, written at the trail, means; None after a complaint.

        Names are relative to the folder `beside`.
        """
        try:
            say = self._wrong(PurePosixPath(name), beside)
        except PermissionError:
            say = "may not be read; allow it, and its folders too"
        except OSError:
            say = "cannot be the name of a file; give a short one"
        if say is None:
            return beside / name
        complaints.at_value(trail, f"{shown(name)} {say}")
        return None

    def _wrong(self, name: PurePosixPath, beside: PurePosixPath) -> str | None:
        if name.is_absolute() or ".." in name.parts or "\\" in str(name) or ":" in str(name):
            return "leaves its folder; name a file below it"
        if not self._inside(beside / name):
            return "is a link that leaves the pack; put the file itself here"
        if not (self.root / beside / name).is_file():
            return f"is no file here; {self._nearest(beside / name)}"
        return None

    def _inside(self, name: PurePosixPath) -> bool:
        """Does the name stay below the pack's folder, even when links are followed?"""
        try:
            return (self.root / name).resolve().is_relative_to(self.root.resolve())
        except RuntimeError:  # links in a circle
            return False

    def _nearest(self, missing: PurePosixPath) -> str:
        """Return what may have been meant by the first part of the path that does not exist."""
        folder = self.root
        for part in missing.parts:
            if not (folder / part).exists():
                there = folder.iterdir() if folder.is_dir() else ()
                return nearest(part, sorted(path.name for path in there if path.name.isprintable()))
            folder /= part
        return "name a file, not a folder"
