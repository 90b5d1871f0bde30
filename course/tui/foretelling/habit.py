"""Is it asked before each run of a lab what will happen? Until somebody skips it twice in a row, or says so."""

from __future__ import annotations

from typing import Final

ASKED_BEFORE_RUNS: Final = "predict-before-runs"
"""What it is called among the learner's preferences."""
ON, SKIPPED, OFF = "on", "skipped", "off"
TURNED_ON = "Before each run you are asked what you think."
TURNED_OFF = "You are not asked before runs any more. P, or the command Predict before runs, brings it back."


def is_asked(preferred: str) -> bool:
    """Is the learner asked?"""
    return preferred != OFF


def after_skipping(preferred: str) -> str:
    """Return what is preferred once one more was skipped."""
    return OFF if preferred == SKIPPED else SKIPPED
