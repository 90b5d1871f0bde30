"""No clock runs by itself in these tests."""

from __future__ import annotations

import pytest

from course.tui.incident import live


@pytest.fixture(autouse=True)
def clock_in_hand(monkeypatch: pytest.MonkeyPatch):
    """The timer never rings; tests move the clock."""
    monkeypatch.setattr(live, "FRAME_S", 1e6)
