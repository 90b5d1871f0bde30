"""What is loaded before it is asked for."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from textual.widgets import TextArea

import course.tui
from course.tui import ahead
from course.tui.app import CourseApp
from course.tui.lab.brief_pane import BriefPane
from tests.course.tui import fakes
from tests.course.tui.driving import learner
from tests.course.tui.lab.driving import a_lab_screen, press, until
from tests.course.tui.lab.fakes import a_study

STYLES = sorted(Path(course.tui.__file__).parent.glob("**/*.tcss"))


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch):
    """Everything is loaded as soon as the first screen is there."""
    for name in ("AFTER_THE_FIRST_LOOK", "BETWEEN_STYLES", "WHILE_READING"):
        monkeypatch.setattr(ahead, name, 0.001)


async def test_styles_are_read_before_their_screens_are_shown(no_waiting, monkeypatch):
    """No screen has to wait until all styles have been read again."""
    async with learner(fakes.study()) as pilot:
        styles = pilot.app.stylesheet
        await until(pilot, lambda: all(styles.has_source(str(path)) for path in STYLES))
        reread = []
        monkeypatch.setattr(type(styles), "reparse", reread.append)
        await press(pilot, "g", "escape", "f7", "escape", "question_mark")

        assert reread == []


@pytest.fixture
def a_program_of_its_own():
    """The collector as `mlcourse` leaves it to the app, and afterwards as it was."""
    thresholds = gc.get_threshold()
    gc.disable()
    yield
    gc.enable()
    gc.set_threshold(*thresholds)
    gc.unfreeze()


async def test_what_is_loaded_is_not_looked_through_for_garbage(no_waiting, a_program_of_its_own):
    """From the first screen on there is a collector again, and it spares what stays."""
    async with CourseApp(fakes.study()).run_test() as pilot:
        await pilot.pause()

        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000


async def test_another_program_keeps_its_collector(no_waiting):
    """Whoever runs the app with the collector on, such as a test, has it as it was."""
    before = gc.get_freeze_count(), gc.get_threshold()
    async with learner(fakes.study()) as pilot:
        await pilot.pause()

        assert (gc.get_freeze_count(), gc.get_threshold()) == before


async def test_a_pane_is_not_styled_anew_when_the_focus_comes(monkeypatch):
    """Going from pane to pane styles no text and no editor: that would take longer than drawing them."""
    async with a_lab_screen(a_study()) as pilot:
        await press(pilot, "e", "escape", "b")
        styled = []
        update = type(pilot.app.stylesheet).update_nodes
        monkeypatch.setattr(
            type(pilot.app.stylesheet),
            "update_nodes",
            lambda sheet, nodes, **more: update(sheet, [styled.append(node) or node for node in nodes], **more),
        )
        await press(pilot, "e", "escape", "b")

        assert not [node for node in styled if isinstance(node, BriefPane | TextArea)]
