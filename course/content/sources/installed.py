"""Packs that Python packages bring along: each names its own by an entry point of the group `mlcourse.packs`.

Looking through all that is installed takes longer than reading the kept outline. So what was found is kept beside the
history, with the time of every folder that Python imports from: installing and removing a package changes one of them.
No code of any package is run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from course.content.stamps import stamp

NAME = "installed.json"
"""Of the file beside the history."""
FORMAT = 1
"""Goes up when the kept form changes, or what is looked for; another number is looked for anew."""


class Installed(NamedTuple):
    """A pack that a distribution brings."""

    root: Path
    """The package's folder."""
    by: str
    """The distribution and its version."""
    wrong: str = ""
    """Why there is no such folder; empty if there is."""


def installed(data_folder: Path) -> tuple[Installed, ...]:
    """Return all of them, by distribution."""
    file, folders = data_folder / NAME, [[name, stamp(Path(name))] for name in sys.path]
    found = _kept(file, folders)
    if found is None:
        from course.content.sources.distributions import packs_of_distributions

        found = tuple(packs_of_distributions())
        _keep(file, folders, found)
    return found


def _kept(file: Path, folders: object) -> tuple[Installed, ...] | None:
    """Return what was found, if no folder has changed; whatever cannot be read is not it."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["format"] == FORMAT and kept["folders"] == folders:
            return tuple(Installed(Path(root), str(by), str(wrong)) for root, by, wrong in kept["packs"])
    return None


def _keep(file: Path, folders: object, found: Iterable[Installed]) -> None:
    """Keep what was found; where nothing can be written the next start just takes longer."""
    packs = [[str(each.root), each.by, each.wrong] for each in found]
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(json.dumps({"format": FORMAT, "folders": folders, "packs": packs}), encoding="utf-8")
        new.replace(file)
