"""Starting: what is loaded on the way to the first screen, and how it is painted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course.shelf import Shelf
from course.tui.app import CourseApp
from course.tui.home.outline_list import OutlineList
from course.tui.home.topic_card import TopicCard
from course.tui.widgets.title_bar import TitleBar
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, shown

LATER = (
    *("numpy", "matplotlib", "botocore", "pydantic", "simpy", "markdown_it", "yaml", "tree_sitter", "argparse"),
    *("engine", "labs", "quiz", "course.syllabus", "course.plan_text", "course.content.pack", "course.content.files"),
    *("course.tui.palette", "course.tui.lesson", "course.tui.glossary", "course.tui.lab", "course.tui.whatif"),
)
"""Packages and modules that only lessons, labs and commands need."""
STARTED = """
import sys
from course import wiring
from course.cli import open_course
from course.tui.app import CourseApp

def look(app):
    print(*sys.modules)
    print(*(place for place, _ in app.stylesheet.source if place.endswith(".tcss")))
    app.exit()

CourseApp.on_ready = look
study = wiring.study(wiring.places({"MLCOURSE_HOME": sys.argv[1]}, ()))
CourseApp(study).run(headless=True, size=(100, 30))
study.journal.close()
"""


@pytest.fixture(autouse=True)
def painted_when_looked_at() -> None:
    """Every picture is painted here, as it is for a learner."""


def test_the_first_screen_needs_nothing_heavy(tmp_path):
    """Until Home is painted nothing is loaded, and no style sheet read, that only other screens need."""
    assert Shelf((), tmp_path).outline.parts  # from now on it is kept, as after any first start
    done = subprocess.run([sys.executable, "-c", STARTED, tmp_path], capture_output=True, text=True, check=True)
    modules, styles = done.stdout.splitlines()

    assert [name for name in modules.split() if f"{name}.".startswith(tuple(f"{later}." for later in LATER))] == []
    assert [Path(style).name for style in styles.split()] == ["mlcourse.tcss"]


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
