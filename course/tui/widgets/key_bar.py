"""The last line of every screen: the keys that make sense now, the most sensible one first.

One widget and one line of text, where Textual's footer has a widget per key: a key press repaints faster.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain

GAP = 2
AT_THE_END = ("back", "leave", "help")
"""Actions that stand at the right edge and are never left out: the way back, and help."""


class KeyBar(Widget):
    """The footer; each key can be clicked."""

    ALLOW_SELECT = False

    keys: reactive[tuple[Binding, ...]] = reactive(())

    def on_mount(self) -> None:
        """Follow what is possible."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.watch(self.app, "app_focus", self.screen.refresh_bindings, init=False)

    def _follow(self, screen: Screen[object]) -> None:
        if screen is self.screen and self.app.app_focus:  # another window takes the focus from every widget
            active = screen.active_bindings.values()
            self.keys = tuple(shown(found.binding for found in active if found.enabled))

    def render(self) -> Visual:
        """As many keys as there is room for."""
        end = self._line(key for key in self.keys if key.action in AT_THE_END)
        rest = [key for key in self.keys if key.action not in AT_THE_END]
        while rest and self._line(rest).cell_length + GAP + end.cell_length > self.size.width:
            rest.pop()
        return Spread(self._line(rest), end)

    def _line(self, keys: Iterable[Binding]) -> Content:
        return Content(" " * GAP).join([self._item(key) for key in keys])

    def _item(self, key: Binding) -> Content:
        item = Content.assemble(plain(self.app.get_key_display(key), "bold $accent"), " ", plain(key.description))
        return item.stylize(Style.from_meta({"key": key.key}))

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        if pressed := event.style.meta.get("key"):
            self.app.simulate_key(pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the mouse."""
        under = event.style.meta.get("key")
        self.tooltip = next((plain(key.tooltip) for key in self.keys if key.key == under), None)


def shown(keys: Iterable[Binding]) -> list[Binding]:
    """Return the bindings that belong into the footer, one for each command, what Enter does first."""
    first: dict[str, Binding] = {}
    for key in keys:
        if key.show:
            first.setdefault(key.action.partition("(")[0], key)
    return sorted(first.values(), key=_rank)


def _rank(key: Binding) -> int:
    if key.key == "enter":
        return 0
    return 1 + (AT_THE_END.index(key.action) + 1 if key.action in AT_THE_END else 0)
