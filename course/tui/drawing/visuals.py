"""Ways to lay out text that Textual lacks: indents and bars, stacks, one of two by width, both ends of one line."""

from __future__ import annotations

import re

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.words import inert

_PARTS = re.compile(r"(?<=[/\-_.#?&=])")


class Hanging(Visual):
    """A lead such as `1 ✓` and a body whose further lines stand under the first."""

    def __init__(self, lead: Content, body: Visual) -> None:
        self.lead = lead
        self.body = Wrapped(body) if isinstance(body, Content) else body

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing wraps."""
        return self.lead.cell_length + self.body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return max(1, self.body.get_height(rules, max(1, width - self.lead.cell_length)))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw both, the lead on the first line only."""
        indent = self.lead.cell_length
        body = self.body.render_strips(max(1, width - indent), height, style, options) or [Strip([])]
        [lead, *_] = self.lead.render_strips(indent, 1, style, options) or [Strip([])]
        blank = Strip.blank(indent, style.rich_style)
        return [Strip.join([blank if index else lead, line]) for index, line in enumerate(body)]


class Stack(Visual):
    """One below the other."""

    def __init__(self, *parts: Visual) -> None:
        self.parts = parts

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the widest."""
        return max((part.get_optimal_width(rules, container_width) for part in self.parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All of them."""
        return sum(part.get_height(rules, width) for part in self.parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw one after the other."""
        strips = [
            strip.extend_cell_length(width, style.rich_style)
            for part in self.parts
            for strip in part.render_strips(width, None, style, options)
        ]
        return strips if height is None else strips[:height]


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


class Barred(Visual):
    """A body with a bar at its left."""

    MARK = Content.styled("▌ ", "$accent")

    def __init__(self, body: Visual) -> None:
        self.body = body

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The body's, and the bar."""
        return self.body.get_optimal_width(rules, container_width) + self.MARK.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The body's."""
        return self.body.get_height(rules, max(1, width - self.MARK.cell_length))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the bar beside every line."""
        body = self.body.render_strips(max(1, width - self.MARK.cell_length), height, style, options)
        [bar] = self.MARK.render_strips(self.MARK.cell_length, 1, style, options)
        return [Strip.join([bar, line]) for line in body]


class Spread(Visual):
    """One line with something at its left end and something at its right; the left gives way."""

    def __init__(self, left: Content, right: Content) -> None:
        self.left = left
        self.right = right

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Both ends and a gap."""
        return self.left.cell_length + 2 + self.right.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Always one line."""
        return 1

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw both ends, the left one shortened with an ellipsis where they would touch."""
        right = _fitting(self.right, width)
        left = _fitting(self.left, max(0, width - right.cell_length - (1 if right else 0)))
        gap = Content(" " * (width - left.cell_length - right.cell_length))
        return Content.assemble(left, gap, right).render_strips(width, 1, style, options)


def _fitting(content: Content, width: int) -> Content:
    """Shorten only what is too long: shortening costs more than measuring."""
    return content if content.cell_length <= width else content.truncate(width, ellipsis=True)


class Address(Visual):
    """A web address; one that is too long for a line is broken where its parts end, never inside a word."""

    def __init__(self, address: str) -> None:
        self.address = inert(address)

    def _at(self, width: int) -> Content:
        lines = [""]
        for part in _PARTS.split(self.address):
            if lines[-1] and len(lines[-1]) + len(part) > width:
                lines.append("")
            lines[-1] += part
        return Content.styled("\n".join(lines), "$hushed")

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing is broken."""
        return len(self.address)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return self._at(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the lines."""
        return self._at(width).render_strips(width, height, style, options)


def source_line(url: str, checked: str) -> Visual:
    """Return an address and the day on which it was checked, in two lines where one is too short."""
    day = Content.styled(inert(f"checked {checked}"), "$hushed")
    beside = Content.assemble(Content.styled(inert(url), "$hushed"), "  ", day)
    return Either(beside, Stack(Address(url), Hanging(Content("  "), day)))
