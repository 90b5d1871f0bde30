"""A hash of what a pack holds: equal wherever it lies, and another one as soon as a sign of its texts is changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

TEXTS = (".yaml", ".md")


def fingerprint(root: Path) -> str:
    """Return the SHA-256 of the names and texts of a pack; line ends of other systems are ours."""
    digest = sha256()
    files = [path for path in root.rglob("*") if path.suffix in TEXTS and path.is_file() and not path.is_symlink()]
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()
