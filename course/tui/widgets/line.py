"""A line to type in."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Line(Input, inherit_bindings=False):
    """Like Textual's, but Enter is left to whatever the line stands in, so that the footer can say what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key for key in Input.BINDINGS if isinstance(key, Binding) and key.key != "enter"
    ]
