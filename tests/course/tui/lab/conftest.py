"""Nothing waits for pauses in typing."""

from __future__ import annotations

import pytest

from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.plan.pane import PlanPane


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch):
    """Check and save at once."""
    monkeypatch.setattr(PlanPane, "CHECK_PAUSE_S", 0)
    monkeypatch.setattr(PlanEditor, "SAVE_PAUSE_S", 0)
