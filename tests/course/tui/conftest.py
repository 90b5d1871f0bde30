"""Styles are read once, nothing is loaded behind a test's back, and nobody waits longer than need be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.content import Content
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from course.tui import ahead
from course.tui.app import CourseApp
from course.tui.drawing import net
from course.tui.drawing.net import caught
from tests.course.tui.idling import no_waiting

NEVER = 3600.0
"""Seconds."""


@pytest.fixture(autouse=True, scope="session")
def styles_are_read_once() -> Iterator[None]:
    """Keep the rules of each source, with the theme's variables: nobody changes a rule, and each app reads them all."""
    read = Stylesheet._parse_rules
    kept: dict[object, list[RuleSet]] = {}

    def reread(sheet: Stylesheet, *source: object, **more: object) -> list[RuleSet]:
        key = (source, frozenset(more.items()), frozenset(sheet._variables.items()))
        if key not in kept:
            kept[key] = read(sheet, *source, **more)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", reread)
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # its identity, as before, but not in Python
        yield


@pytest.fixture(autouse=True)
def nothing_is_loaded_ahead(monkeypatch: pytest.MonkeyPatch):
    """A test that lasts longer than another meets the same app. What is loaded ahead has tests of its own."""
    monkeypatch.setattr(ahead, "AFTER_THE_FIRST_LOOK", NEVER)
    monkeypatch.setattr(ahead, "WHILE_READING", NEVER)


@pytest.fixture(autouse=True)
def mistakes_end_a_test(monkeypatch: pytest.MonkeyPatch):
    """For a learner, the program goes on when a worker breaks off; that has tests of its own."""
    monkeypatch.setattr(CourseApp, "_handle_exception", App._handle_exception)


@pytest.fixture(autouse=True, scope="session")
def no_pauses_of_the_pilot() -> Iterator[None]:
    """Have the Pilot go on as soon as the app is idle."""
    with no_waiting():
        yield


@pytest.fixture(autouse=True)
def painted_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint what a test looks at, what a screen shows when it is left, and what it shows in the end; the pictures on
    the way there took a third of the time of the screens' tests, and no test sees them.

    What cannot be painted fails the test. Tests of the painting itself do without: they have a fixture of this name.
    """
    paint, left, ended = Screen._compositor_refresh, Screen._on_screen_suspend, App._shutdown
    strips = Compositor.render_strips

    def paint_later(screen: Screen[object]) -> None:
        if screen is not screen.app.screen:
            paint(screen)
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)

    def with_what_lies_below(compositor: Compositor, size: Size | None = None) -> list[Strip]:
        screen = compositor.root
        if screen is not None and screen is screen.app.screen:
            visible_screen_stack.set(screen.app._background_screens)
        return strips(compositor, size)

    def paint_and_leave(screen: Screen[object]) -> None:
        screen._compositor.render_strips()
        left(screen)

    async def paint_and_end(app: App[object]) -> None:
        if app.screen_stack:
            app.screen._compositor.render_strips()
        await ended(app)

    monkeypatch.setattr(Screen, "_compositor_refresh", paint_later)
    monkeypatch.setattr(Compositor, "render_strips", with_what_lies_below)
    monkeypatch.setattr(Screen, "_on_screen_suspend", paint_and_leave)
    monkeypatch.setattr(App, "_shutdown", paint_and_end)


@pytest.fixture(autouse=True, scope="session")
def nothing_is_markup() -> Iterator[None]:
    """Fail whatever test lets a text with a bracket be read as markup, on whatever screen; our own words have none."""
    read = Content.from_markup.__func__

    def from_markup(cls: type[Content], markup: str | Content, **variables: object) -> Content:
        if isinstance(markup, str) and "[" in markup:
            raise AssertionError(f"{markup[:80]!r} is read as markup; put it through course.tui.drawing.words")
        return read(cls, markup, **variables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Content, "from_markup", classmethod(from_markup))
        yield


@pytest.fixture(autouse=True, scope="session")
def the_net_stays_empty() -> Iterator[None]:
    """Fail whatever test has the last look at a line find something: what it is there for has been forgotten."""

    def forgotten(text: str) -> str:
        if caught(text) != text:
            raise AssertionError(f"{text[:80]!r} is drawn; put it through course.tui.drawing.words")
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(net, "caught", forgotten)
        yield
