"""Starting: what is imported on the way to the first screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

import course.tui
from course.tui.app import CourseApp
from course.tui.home.outline_list import OutlineList
from course.tui.home.topic_card import TopicCard
from course.tui.widgets.title_bar import TitleBar
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, shown

HEAVY = ("numpy", "matplotlib", "botocore", "pydantic", "simpy", "markdown_it", "yaml", "sqlite3", "tree_sitter")


def test_the_first_screen_needs_nothing_heavy():
    """Importing the app leaves out everything that only lessons and labs need."""
    code = f"import sys, course.tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    root = str(next(iter(course.tui.__path__))).removesuffix("/course/tui")
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("size", "width"), [(SMALL, "-narrow"), (LARGE, "-wide")])
async def test_a_screen_is_painted_for_its_width_at_once(size, width, monkeypatch):
    """No screen is ever painted for another width first: at the start that would flicker, and cost as much again."""
    painted = []
    paint = TitleBar.render
    monkeypatch.setattr(TitleBar, "render", lambda bar: painted.append(bar.screen.has_class(width)) or paint(bar))
    async with learner(fakes.study(), "enter", "escape", "g", size=size):
        assert painted
        assert all(painted)


async def test_the_highlighted_line_is_described_at_once(monkeypatch):
    """The card beside the outline is painted once, with the line that is highlighted from the start."""
    painted = []
    paint = TopicCard.render
    monkeypatch.setattr(TopicCard, "render", lambda card: painted.append(card.line) or paint(card))
    async with learner(fakes.study()) as pilot:
        assert painted == [pilot.app.screen.query_one(OutlineList).line]


@pytest.mark.parametrize("theme", ["mlcourse-light", "mlcourse-ansi", "textual-dark"])
async def test_any_theme_draws_every_screen(theme):
    """Our stylesheets use no colour that another theme lacks."""
    app = CourseApp(fakes.study())
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        for keys in (["enter", "enter", "enter"], ["escape", "g"], ["escape", "t"], ["question_mark"]):
            await press(pilot, *keys)

        assert "Keys that work here" in shown(pilot)


async def test_nothing_moves_where_motion_is_unwanted(monkeypatch):
    """Scrolling jumps at once, so that TEXTUAL_ANIMATIONS=none changes nothing that matters."""
    app = CourseApp(fakes.study(), "canary")
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "end")
        page = app.screen.query_one("Page")

        assert page.scroll_offset.y == page.max_scroll_y
