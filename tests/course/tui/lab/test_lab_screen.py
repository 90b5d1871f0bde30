"""The lab as a whole: opening, tabs, keys, themes."""

from __future__ import annotations

import pytest
from textual.widgets import Tab

from course.tui.commands import Command
from course.tui.home.screen import HomeScreen
from course.tui.lab import commands
from course.tui.lab.attempts import commands as of_attempts
from course.tui.lab.grade import commands as of_grades
from course.tui.lab.plan import commands as of_plans
from course.tui.lab.run import commands as of_runs
from course.tui.lab.workspace import Workspace
from course.tui.palette import offered
from tests.course.tui.driving import LARGE, SMALL, learner, read, rows
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle
from tests.course.tui.lab.fakes import FakeCatalog, FakeJournal, a_study

MODULES = (commands, of_attempts, of_grades, of_plans, of_runs)
ALL = [each for module in MODULES for each in vars(module).values() if isinstance(each, Command)]


def test_ids_are_unique():
    """An id is the handle in a keymap."""
    assert len({command.id for command in ALL}) == len(ALL)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_every_command_explains_itself(command):
    """Title for the footer, a sentence for the tooltip."""
    assert command.title
    assert len(command.help.split()) >= 2


async def test_the_brief_comes_first():
    """What the lab asks for, its goals in words, and what stands on the endpoint."""
    async with a_lab_screen(a_study(), LARGE) as pilot:
        for said in ("stops by itself", "○ Protects users", "In service churn-v1", "4 × ml.m5.xlarge"):
            assert said in read(pilot), said


async def test_every_pane_has_a_key_and_a_tab():
    """Neither the mouse nor the keyboard is ever needed. In every pane the last line names the next sensible key, and
    how to leave: from the brief it is one step."""
    async with a_lab_screen(a_study()) as pilot:
        workspace = pilot.app.screen.query_one(Workspace)
        for key, place, offer in (
            ("1", "brief", "r Run"),
            ("4", "grade", "g Grade"),
            ("3", "run", "r Run"),
            ("e", "plan", "^r Run"),
            ("f4", "brief", "r Run"),
            ("2", "plan", "^r Run"),
            ("escape", "plan", "r Run"),
        ):
            await press(pilot, key)
            assert workspace.place == place
            assert offer in " ".join(rows(pilot)[-1].split())
            assert "esc" in rows(pilot)[-1]

        for place in ("grade", "run", "plan", "brief"):
            await pilot.click(f"Tab#{place}")
            await settle(pilot)
            assert workspace.place == place
            assert pilot.app.screen.query_one(f"Tab#{place}", Tab).has_class("-active")

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_what_can_be_done_is_offered():
    """The film's footer begins with play, next event, step and the other views. Starting over has no place in a footer;
    the palette has it."""
    async with a_lab_screen(a_study()) as pilot:
        await run(pilot, "C")
        assert " ".join(rows(pilot)[-1].split()).startswith("space Play n Next event ←→ Step v View")

        await press(pilot, "e")
        ids = {found.binding.id for found in offered(pilot.app.screen)}
        assert {"plan-reset", "lab-run", "lab-grade", "lab-brief", "lab-timeline"} <= ids
        assert "lab-cancel" not in ids, "there is nothing to cancel"


async def test_a_lab_that_is_not_there_is_said():
    """A name from an old bookmark leads to a sentence."""
    study = a_study()
    object.__setattr__(study.catalog, "lab_ids", lambda: ())
    async with learner(study, start=FakeCatalog().only.id) as pilot:
        await settle(pilot)

        assert "There is no lab first-guarded-update in this course." in read(pilot)


async def test_a_journal_that_cannot_save_is_said():
    """The learner must know."""
    async with a_lab_screen(a_study(journal=FakeJournal(warning="Nothing can be saved."))) as pilot:
        await press(pilot, "e", "x")

        assert "! Nothing can be saved." in read(pilot)


@pytest.mark.parametrize(
    ("theme", "size"),
    [
        ("mlcourse-light", LARGE),
        ("ansi-dark", LARGE),
        ("ansi-light", SMALL),
        ("textual-dark", SMALL),
        ("mlcourse-dark", (140, 24)),
        ("mlcourse-dark", (60, 20)),
    ],
    ids=str,
)
async def test_every_pane_can_be_drawn_in_every_theme(theme, size):
    """Colours that a theme lacks would end the program."""
    async with a_lab_screen(a_study(), size) as pilot:
        pilot.app.theme = theme
        player = await run(pilot, "C")
        player.go(1860)
        await press(pilot, "v", "v", "e", "g")
        await settle(pilot)

        assert rows(pilot)
