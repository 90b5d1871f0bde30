"""Times as the screens write them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return minutes and seconds since the start of the run, such as `12:41`; minutes may pass sixty."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def span(seconds: float | None) -> str:
    """Return a length of time, or a dash for something that never happened."""
    return "–" if seconds is None else clock(seconds)
