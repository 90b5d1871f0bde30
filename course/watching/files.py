"""Which files were saved: told by the system, and looked at once a second where the system tells nothing.

Editors write in place, or write another file and rename it; they delete and make anew; Git changes many at once. So
what is told is only a reason to look, once it has been quiet for a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

QUIET_MS = 60
"""So long nothing more must come: a file that is written piece by piece is not looked at half written."""
LATEST_MS = 500
"""But that is the longest that one waits: something may write all the time."""
LOOK_EVERY_MS = 1000
"""Network drives and some containers tell of nothing."""
GONE_S = 0.3
"""Between two looks for a folder that was taken away."""


async def saved(root: Path) -> AsyncIterator[None]:
    """Yield whenever there may be something new in the folder, or it has gone or come back; never ends by itself."""
    from watchfiles import awatch
    from watchfiles.filters import DefaultFilter

    while True:
        watched = _identity(root)
        if watched is None:
            await asyncio.sleep(GONE_S)
            yield None
            continue
        try:
            async for _ in awatch(
                root,
                watch_filter=DefaultFilter(),
                debounce=LATEST_MS,
                step=QUIET_MS,
                rust_timeout=LOOK_EVERY_MS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield None
                if _identity(root) != watched:
                    break  # another folder has its name, or none
        except FileNotFoundError:  # it went between two looks
            continue


def _identity(root: Path) -> tuple[int, int] | None:
    """Return what tells this folder from another one of its name; None if there is none."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
