"""The files of one pack: read once each, and never anything outside the pack's folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from course.content.document import Complaints, Document, Trail
from course.content.wording import nearest, shown
from course.content.yaml_reader import read_text, read_yaml


class Folder:
    """A pack's folder; the names of its files are relative, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents: dict[PurePosixPath, Document] = {}

    def document(self, name: PurePosixPath) -> Document:
        """Return a YAML file, read when first asked for; ContentError if it is wrong."""
        if name not in self._documents:
            self._documents[name] = read_yaml(self.text(name), Path(name))
        return self._documents[name]

    def text(self, name: PurePosixPath) -> str:
        """Return a file's text with plain line feeds; bytes that are not UTF-8 come as surrogates."""
        return read_text(self.root / name, self.root).replace("\r\n", "\n")

    def holds(self, name: PurePosixPath) -> bool:
        """Is there such a file, inside the folder even when links are followed?"""
        path = self.root / name
        return path.is_file() and path.resolve().is_relative_to(self.root.resolve())

    def referred(self, complaints: Complaints, trail: Trail, name: str, beside: PurePosixPath) -> PurePosixPath | None:
        """Return the file that `name`, written at the trail, means; None after a complaint.

        Names are relative to the folder `beside`.
        """
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            say = f"{shown(name)} leaves the pack; name a file below this folder"
        elif self.holds(beside / path):
            return beside / path
        elif (self.root / beside / path).is_file():
            say = f"{shown(name)} is a link that leaves the pack; put the file itself here"
        else:
            say = f"there is no file {shown(name)} here; {nearest(path.name, self._names(beside / path))}"
        complaints.at_value(trail, say)
        return None

    def _names(self, missing: PurePosixPath) -> list[str]:
        folder = self.root / missing.parent
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
