"""Predictions held against what came: the Brier score, and bins of like predictions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same probability."""

    low: float
    high: float
    count: int
    predicted: float
    """The mean of the predictions."""
    right: int
    """How many of these answers were right."""
