"""Several visuals under each other, as one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


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
