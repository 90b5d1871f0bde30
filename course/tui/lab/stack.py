"""Visuals put together: several under each other, or one of two by width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Either(Visual):
    """One line where it fits, several where it does not."""

    def __init__(self, line: Content, lines: Visual) -> None:
        self.line, self.lines = line, lines

    def _at(self, width: int) -> Visual:
        return self.line if self.line.cell_length <= width else self.lines

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width of the one line."""
        return self.line.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return self._at(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw what fits."""
        return self._at(width).render_strips(width, height, style, options)


class Stack(Visual):
    """A list of visuals, each as high as it needs to be."""

    def __init__(self, items: Sequence[Visual]) -> None:
        self.items = tuple(items)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The widest of them."""
        return max((item.get_optimal_width(rules, container_width) for item in self.items), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All of them together."""
        return sum(item.get_height(rules, width) for item in self.items)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw one after the other."""
        strips = [
            strip.extend_cell_length(width, style.rich_style)
            for item in self.items
            for strip in item.render_strips(width, None, style, options)
        ]
        return strips if height is None else strips[:height]
