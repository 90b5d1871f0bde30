"""Where a learner's history lives, and what they keep beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import platformdirs


def data_folder(env: Mapping[str, str]) -> Path:
    """Return the folder for everything a learner makes; nothing is created.

    `MLCOURSE_HOME` names it; otherwise it is where the system keeps the data of its programs.
    """
    named = env.get("MLCOURSE_HOME")
    return Path(named) if named else platformdirs.user_data_path("mlcourse", appauthor=False)


def reports_folder(env: Mapping[str, str]) -> Path | None:
    """Return the folder that `MLCOURSE_REPORTS` names for reports; None where they go beside the history."""
    named = env.get("MLCOURSE_REPORTS")
    return Path(named) if named else None
