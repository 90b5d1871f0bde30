"""What ends the worker that does it. Workers import nothing else for it."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def kill(number, poisoned, once=None):
    """End this worker: always at what is poisoned, and at number 3 where a file says that it has not yet been."""
    if number in poisoned:
        os.kill(os.getpid(), signal.SIGKILL)
    if once is not None and number == 3 and not Path(once).exists():
        Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number
