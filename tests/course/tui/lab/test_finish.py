"""The end of a lab: what was saved, what comes next, and something to show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from course.ports import ReportError
from course.tui.screens.problem import ProblemScreen
from labs.report.summary import Summary
from tests.course.tui.driving import LARGE, SMALL, read, rows
from tests.course.tui.lab.driving import a_lab_screen, press
from tests.course.tui.lab.fakes import FakeCatalog, FakeDesk, a_grade, a_study
from tests.course.tui.lab.test_after_the_grade import graded, notices


@dataclass
class Desk(FakeDesk):
    """Keeps what is shown to others, or cannot."""

    trouble: str = ""
    shared: list[Summary] = field(default_factory=list)

    def share(self, summary):
        """Name two files that look like markup."""
        if self.trouble:
            raise ReportError(self.trouble)
        self.shared.append(summary)
        return f"/home/[me]/{summary.name}.txt", f"/home/[me]/{summary.name}.png"


@dataclass
class Hostile(FakeCatalog):
    """The lesson of the lab has a hostile title, and its files are gone."""

    @property
    def outline(self):
        outline = super().outline
        [part] = outline.parts
        return replace(outline, parts=(replace(part, topics=(replace(part.topics[0], title="[b]Next[/b]"),)),))

    def lesson(self, id):
        raise KeyError(id)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_a_pass_says_what_was_saved(size):
    """In words, and as two bars that differ also without colours."""
    async with a_lab_screen(a_study(Desk(grades=lambda: a_grade(passed=True))), size) as pilot:
        await graded(pilot)

        assert "412 instead of 9,804 requests harmed" in read(pilot)
        [without] = [row for row in rows(pilot) if "without a guard" in row]
        [yours] = [row for row in rows(pilot) if "with your plan" in row]
        assert without.count("█") == 32
        assert "9,804" in without
        assert yours.count("█") == 1


async def test_without_a_pass_nothing_is_claimed():
    """Nor shared, nor gone on from."""
    async with a_lab_screen(a_study(Desk(grades=a_grade))) as pilot:
        verdict = await graded(pilot)

        assert "instead of" not in read(pilot)
        assert not verdict.check_action("share", ())
        assert not verdict.check_action("next_place", ())


async def test_one_key_writes_something_to_show():
    """The notice names the file; one that cannot be written is said, too."""
    desk = Desk(grades=lambda: a_grade(passed=True))
    async with a_lab_screen(a_study(desk)) as pilot:
        await graded(pilot)
        await press(pilot, "S")
        desk.trouble = "share.png cannot be written: disk full"
        await press(pilot, "S")

        [summary] = desk.shared
        assert summary.headline == "412 instead of 9,804 requests harmed"
        assert notices(pilot)[1::2] == [
            "To share: /home/[me]/first-guarded-update-share.png and, as text, first-guarded-update-share.txt",
            desk.trouble,
        ]


async def test_one_key_goes_on():
    """To what Home would offer, which is named."""
    study = replace(a_study(Desk(grades=lambda: a_grade(passed=True))), catalog=Hostile())
    async with a_lab_screen(study) as pilot:
        await graded(pilot)
        assert "n Next: [b]Next[/b]" in read(pilot)
        await press(pilot, "n")

        assert isinstance(pilot.app.screen, ProblemScreen)
        assert "There is no lesson blue-green" in read(pilot)
