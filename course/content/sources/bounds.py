"""How much a pack may hold: it is counted while it is written, whatever its source claims."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import IO

from course.content.sources.refusal import NotTaken

MOST_ENTRIES = 20_000
"""Files and folders; the built-in pack has not a thousand."""
LARGEST_FILE = 10_000_000
"""Bytes; a file of lessons may have a tenth of it."""
LARGEST_PACK = 100_000_000
"""Bytes of all files together."""
DEEPEST = 32
"""Folders in folders."""
LONGEST_PATH = 400
"""Characters; some systems take few more, with the folder that it lies in."""
_PIECE = 65_536


class Bounds:
    """What has been written of one pack, and refuses what is too much."""

    def __init__(self, source: Path) -> None:
        self.source = source
        """The zip or the folder, for messages."""
        self._entries = 0
        self._bytes = 0

    def entry(self, name: PurePosixPath) -> None:
        """Count one more file or folder; NotTaken if there are too many, or it lies too deep."""
        self._entries += 1
        if self._entries > MOST_ENTRIES:
            raise NotTaken(self.source, f"holds more than {MOST_ENTRIES} files and folders; a pack has far fewer")
        if len(name.parts) > DEEPEST or len(str(name)) > LONGEST_PATH:
            raise NotTaken(self.source, "lies too deep or has too long a name; move it up", str(name))

    def copy(self, source: IO[bytes], target: Path, name: PurePosixPath, most: int = LARGEST_FILE) -> int:
        """Write a new file from a stream and return its size; NotTaken as soon as it, or all of them, are too large."""
        written = 0
        with target.open("xb") as file:
            while piece := source.read(_PIECE):
                written += len(piece)
                self._bytes += len(piece)
                if written > LARGEST_FILE:
                    raise NotTaken(self.source, f"is larger than {LARGEST_FILE} bytes; split it", str(name))
                if written > most:
                    raise NotTaken(self.source, "grows beyond all measure when it is unpacked; leave it out", str(name))
                if self._bytes > LARGEST_PACK:
                    raise NotTaken(self.source, f"holds more than {LARGEST_PACK} bytes; leave out what is no text")
                file.write(piece)
        return written
