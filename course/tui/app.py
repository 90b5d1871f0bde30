"""The app: which screen stands for which place, and what works everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import constants, events
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from course.characters import inert, is_text, without
from course.folds.progress import PREFERENCES
from course.history import Event
from course.tui.ahead import load_ahead
from course.tui.commands import EVERYWHERE, bindings
from course.tui.drawing.net import Net
from course.tui.drawing.theme import DARK, OURS, following, variables
from course.tui.drawing.words import LEFT_OUT
from course.tui.home.screen import HomeScreen
from course.tui.memory import Memory
from course.tui.places import GlossaryPlace, Place, PlaceChosen, PlaygroundPlace, SearchPlace, place_named
from course.tui.playground.commands import PLAYGROUND
from course.tui.room import is_too_small
from course.tui.routes import cover, help_on, nowhere, screen_at
from course.tui.screens.base import CourseScreen
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.goes_on import LONG_S, SOMETHING, broken_off

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel

    from course.ports import Study


def palette() -> type[Provider]:
    """Import the palette when it is opened."""
    from course.tui.palette import CoursePalette

    return CoursePalette


THEME = "theme"
"""What the learner's choice of colours is called in the history."""


class CourseApp(App[None]):
    """`mlcourse`."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).with_name("mlcourse.tcss")]
    TITLE = "mlcourse"
    COMMANDS = {palette}  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EVERYWHERE, PLAYGROUND)

    def __init__(self, study: Study, start: str | None = None) -> None:
        super().__init__()
        self.study = study
        self.start = start
        self.memory = Memory()
        self.net = Net()
        for theme in OURS:
            self.register_theme(theme)
        if constants.DEFAULT_THEME == "textual-dark":  # the learner named no other in TEXTUAL_THEME
            chosen = study.journal.folded(PREFERENCES).get(THEME, DARK.name)
            self._begin_with(chosen if chosen in self.available_themes else DARK.name)

    def _begin_with(self, theme: str) -> None:
        """Take a theme before any style is read: setting it plainly would read all of them a second time."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)  # a terminal's own colours are left as they are

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, whatever the theme."""
        return variables(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and one that lets nothing through that the terminal would obey."""
        return [*super().get_line_filters(), self.net]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in passing; whatever a widget asks for, nothing in it is read as markup."""
        super().notify(inert(message), title=inert(title), severity=severity, timeout=timeout, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Let what is pasted, into whatever field, be text."""
        if isinstance(event, events.Paste) and not is_text(event.text):
            self.notify(LEFT_OUT, severity="warning")
            event.text = without(event.text)
        await super().on_event(event)

    def get_default_screen(self) -> Screen[None]:
        """Home is always at the bottom."""
        return HomeScreen(self.study)

    def on_mount(self) -> None:
        """Go to the place that was named on the command line."""
        if self.start is not None:
            place = place_named(self.study.catalog.outline, self.start)
            self.push_screen(self.screen_for(place) if place else nowhere(self.study, self.start))

    def on_ready(self) -> None:
        """Home is painted; load what is needed next while the learner looks at it."""
        load_ahead(self, self.study)

    def on_place_chosen(self, event: PlaceChosen) -> None:
        """Go there, unless one has gone already: keys that are typed fast ask twice."""
        if event.asked_on in (None, self.screen):
            self.go(event.place)

    def go(self, place: Place) -> None:
        """Go there at once, so that the next key meets the new screen."""
        self.push_screen(self.screen_for(place))

    def screen_for(self, place: Place) -> Screen[None]:
        """Return the screen that stands for a place."""
        return screen_at(place, self.study, self.memory)

    def _handle_exception(self, error: Exception) -> None:
        """Say that a worker broke off, and go on: what is on the screens is worth more than a traceback. Nodes that
        have more to say of their workers do so themselves (`GoesOn`); any other mistake ends the program."""
        if isinstance(error, WorkerFailed):
            say = broken_off(SOMETHING, error.error)
            self.notify(say, severity="error", timeout=LONG_S, markup=False)
        else:
            super()._handle_exception(error)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when there is no room."""
        if is_too_small(event.size):
            cover(self)

    def action_glossary(self) -> None:
        """Open the glossary, unless it is open."""
        self.go(GlossaryPlace())

    def action_search(self) -> None:
        """Open the search, unless it is open."""
        self.go(SearchPlace())

    def action_playground(self) -> None:
        """Open the alarm playground."""
        self.go(PlaygroundPlace())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some screens do without some of what works everywhere."""
        return action not in getattr(self.screen, "without", ())

    def action_command_palette(self) -> None:
        """Open the palette, unless it is open."""
        from course.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        """Show what works here."""
        self.push_screen(help_on(self.screen))

    async def action_quit(self) -> None:
        """Leave; where leaving costs something, ask first."""
        asking = (screen.costs_to_leave for screen in self.screen_stack if isinstance(screen, CourseScreen))
        if (ask := next((ask for ask in asking if ask is not None), None)) is None:
            self.exit()
        elif not isinstance(self.screen, Confirm):
            self.push_screen(ask, lambda yes: self.exit() if yes else None)

    def action_switch_theme(self) -> None:
        """Take the next of our themes, and begin with it next time."""
        self.theme = following(self.theme)
        self.study.journal.record(Event(self.study.now(), "preferred", THEME, {"value": self.theme}))
