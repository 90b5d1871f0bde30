"""What a question shows beside its words: text, tables and plots, of the same blocks as the pages of lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from quiz.deciders import Deciders


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Lines over time, drawn in the terminal."""

    title: str
    x: str
    y: str
    series: Mapping[str, tuple[tuple[float, float], ...]]
    """Points of each line; `blue` and `green` are drawn in their colours."""
    steps: bool = False
    """Hold each value until the next point instead of a straight line."""


Block: TypeAlias = "Prose | Plot | Deciders"
"""A name alone: what deciders know of the engine is not needed on the way to the first screen."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What there is to look at. Figures are put into its text before it is taken apart, so that plots have them too;
    whoever reads files knows how plots are written, and makes a kind of exhibit of their own."""

    text: str
    """Markdown."""

    def blocks(self) -> tuple[Block, ...]:
        """Return what is shown, piece by piece."""
        return (Prose(markdown=self.text),)
