"""The first screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import OptionList

from course.history import Keeping
from course.ports import ReportError
from course.tui.home.choose_one import ChooseOne
from course.tui.home.screen import HomeScreen
from course.tui.lab.screen import LabScreen
from course.tui.lesson.lesson import LessonScreen
from course.tui.practice.screen import PracticeScreen
from course.tui.screens import base
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, rows, shown, until
from tests.course.tui.fakes import event

AT_STEP_FOUR = event("lesson-step", "canary", step=3, of=9, revision=1)
CANARY_DONE = (
    event("lesson-step", "canary", step=8, of=9, revision=1),
    event("lesson-finished", "canary"),
)


async def test_a_new_learner_starts_with_enter():
    """The first lesson is highlighted at first sight; Enter opens it at its first step."""
    study = fakes.study()
    async with learner(study) as pilot:
        assert "▶ Start" in rows(pilot)[3]

        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.lesson.id == "canary"
        assert pilot.app.screen.pager.step == 0


async def test_a_learner_goes_on_where_they_were():
    """After a break, Home names lesson and step; Enter goes there."""
    async with learner(fakes.study(AT_STEP_FOUR)) as pilot:
        assert "Continue" in rows(pilot)[3]
        assert "step 4 of 9" in rows(pilot)[3]

        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.pager.step == 3


async def test_after_a_lesson_comes_the_next():
    """A finished lesson is not offered again: its lab is, and once that is passed, the next lesson."""
    async with learner(fakes.study(*CANARY_DONE)) as pilot:
        assert "Next      First guarded update" in rows(pilot)[3]

    passed = event("lab-graded", fakes.LAB, passed=True, score=90.0, text="")
    async with learner(fakes.study(*CANARY_DONE, passed)) as pilot:
        assert "Next      Linear traffic shifting" in rows(pilot)[3]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_outline_shows_each_state_with_a_sign(size):
    """Lessons that are done and begun differ without colours."""
    study = fakes.study(*fakes.MASTERED, event("lesson-step", "linear", step=1, of=2, revision=1))
    async with learner(study, size=size) as pilot:
        page = shown(pilot)

        assert "✓ Canary traffic shifting" in page
        assert "● Linear traffic shifting" in page


async def test_progress_bars_tell_how_much_is_done():
    """One of the two lessons is half of the bar."""
    async with learner(fakes.study(*fakes.MASTERED)) as pilot:
        [heading] = [row for row in rows(pilot) if "Deployment strategies" in row]

        assert "1 of 2" in heading
        assert heading.count("━") == 7  # of fourteen
        assert heading.count("─") == 7


async def test_a_part_without_lessons_has_no_line():
    """A bar that could not move would promise too much."""
    async with learner(fakes.study(), size=LARGE) as pilot:
        assert "Deployment strategies" in shown(pilot)
        assert "Amazon SageMaker AI endpoints" not in shown(pilot)


async def test_the_lab_shows_its_best_score_and_opens_by_key():
    """A lab of a lesson that was begun has a line of its own."""
    graded = event("lab-graded", fakes.LAB, passed=False, score=72.0, text="")
    async with learner(fakes.study(AT_STEP_FOUR, graded, AT_STEP_FOUR)) as pilot:
        assert "First guarded update" in rows(pilot)[4]
        assert "best 72 of 100" in rows(pilot)[4]


async def test_the_keys_offered_fit_the_highlighted_line():
    """Questions are offered for each lesson, labs only where there are any."""
    async with learner(fakes.study()) as pilot:
        assert "Test yourself" in rows(pilot)[-1]
        assert "Lab" in rows(pilot)[-1]

        await press(pilot, "down", "down")

        assert "Test yourself" in rows(pilot)[-1]
        assert "Lab" not in rows(pilot)[-1]


async def test_t_opens_the_questions_of_the_highlighted_lesson():
    """Questions without the reading are one key away."""
    async with learner(fakes.study(), "t") as pilot:
        assert isinstance(pilot.app.screen, PracticeScreen)


async def test_progress_is_up_to_date_after_a_lesson():
    """Coming back, Home shows the step that was left."""
    async with learner(fakes.study(), "enter", "enter", "escape") as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "Continue" in rows(pilot)[3]
        assert "step 2 of 9" in rows(pilot)[3]


async def test_something_new_to_do_takes_the_highlight():
    """After working further down the list, the next thing to do is highlighted again."""
    async with learner(fakes.study(), "down", "down", "enter", "enter", "escape") as pilot:
        assert pilot.app.screen.query_one(OptionList).highlighted == 0


async def test_topics_can_be_clicked():
    """The mouse opens a lesson, too."""
    async with learner(fakes.study()) as pilot:
        row = next(number for number, text in enumerate(rows(pilot)) if "Linear" in text)

        await pilot.click(offset=(10, row))
        await pilot.pause()

        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.lesson.id == "linear"


async def test_a_warning_of_the_journal_is_shown_on_every_screen():
    """Whoever works in vain is told, at once and as long as it lasts."""
    study = fakes.study(warning="History cannot be saved: the disk is full.")
    async with learner(study) as pilot:
        assert "! History cannot be saved" in shown(pilot)

        await press(pilot, "enter")

        assert "! History cannot be saved" in shown(pilot)


async def test_a_warning_that_comes_up_while_working_is_shown_at_once():
    """Saving may begin to fail at any step."""
    study = fakes.study()
    async with learner(study, "enter") as pilot:
        study.journal.warning = "History cannot be saved: the disk is full."
        assert "cannot be saved" not in shown(pilot)

        await press(pilot, "enter")

        assert "! History cannot be saved" in shown(pilot)


async def test_what_is_not_on_disk_is_said_in_the_first_line(monkeypatch):
    """Without a key press, since it is saved in the background; once it is, nothing is said."""
    monkeypatch.setattr(base, "EVERY_S", 0.01)
    study = fakes.study()
    async with learner(study, "enter") as pilot:
        first = rows(pilot)[0]
        for state, pending, said in (("saving", 2, "saving 2 …"), ("not saved", 3, "3 not saved")):
            study.journal.keeping = Keeping(state, pending)
            await until(pilot, lambda said=said: said in rows(pilot)[0])
        study.journal.keeping = Keeping()
        await until(pilot, lambda: rows(pilot)[0] == first)


async def test_q_quits():
    """The way out stands in the footer."""
    async with learner(fakes.study()) as pilot:
        assert "q Quit" in rows(pilot)[-1]

        await press(pilot, "q")

        assert pilot.app._exit


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_a_pack_that_is_left_out_is_said_at_home(size):
    """In one line, with the command that tells more; the journal's own warning stands beside it. Other screens are not
    about packs."""
    catalog = fakes.FakeCatalog(warning="A lesson pack is left out; this says why: mlcourse doctor")
    study = fakes.study(catalog=catalog, warning="Nothing can be saved.")
    async with learner(study, size=size) as pilot:
        assert [row.strip() for row in rows(pilot)[2:4]] == [f"! {catalog.warning}", "! Nothing can be saved."]

        await press(pilot, "g")

        assert "left out" not in shown(pilot)

        await press(pilot, "escape")

        assert "left out" in shown(pilot)


async def test_the_chosen_line_has_a_mark():
    """Its background alone would be too faint."""
    async with learner(fakes.study(), "down") as pilot:
        [here] = [row for row in rows(pilot) if "▌" in row]
        assert "Canary traffic shifting" in here


async def test_of_several_labs_one_can_take_any():
    """l asks which, and begins at the first that is not passed; Esc stays at home."""
    first, *others = fakes.OUTLINE.parts
    labs = {fakes.LAB: "First guarded update", "second": "The second lab"}
    topic = replace(first.topics[0], labs=labs)
    outline = replace(fakes.OUTLINE, parts=(replace(first, topics=(topic, *first.topics[1:])), *others))
    passed = event("lab-graded", fakes.LAB, passed=True, score=90.0, text="")
    study = fakes.study(passed, catalog=fakes.FakeCatalog(outline=outline))
    async with learner(study, "l") as pilot:
        assert isinstance(pilot.app.screen, ChooseOne)
        assert "✓ First guarded update" in shown(pilot)
        assert any("▌◆ The second lab" in row for row in rows(pilot))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

        await press(pilot, "l", "enter")
        assert isinstance(pilot.app.screen, LabScreen)
        assert pilot.app.screen.subject == "second"


async def test_what_is_due_comes_first():
    """The first line says how much and how long; Enter begins, and so does a key. Without anything due it is not
    there."""
    long_ago = [replace(each, at=each.at - timedelta(days=90)) for each in fakes.MASTERED]
    async with learner(fakes.study(*long_ago)) as pilot:
        assert "Review    6 due, about" in shown(pilot)
        await press(pilot, "home", "enter")
        assert isinstance(pilot.app.screen, PracticeScreen)
        assert len(pilot.app.screen.session.items) == 6
        await press(pilot, "escape", "r")
        assert isinstance(pilot.app.screen, PracticeScreen)

    async with learner(fakes.study(*fakes.MASTERED)) as pilot:
        assert "due, about" not in shown(pilot)
        await press(pilot, "r")
        assert "Nothing is due." in shown(pilot)


class Sharing(fakes.FakeDesk):
    """Writes what is shown to others, or cannot."""

    trouble = ""

    def share(self, summary):
        if self.trouble:
            raise ReportError(self.trouble)
        return f"/home/[me]/{summary.name}.txt", f"/home/[me]/{summary.name}.png"


async def test_when_all_is_mastered_it_can_be_shown():
    """Not before; the notice names the files, or says why there are none."""
    desk = Sharing()
    before = replace(fakes.study(*fakes.MASTERED), desk=desk)
    async with learner(before) as pilot:
        assert pilot.app.screen.check_action("share_course", ()) is False

    read = fakes.event("lesson-finished", "linear")
    async with learner(replace(fakes.study(*fakes.MASTERED, read), desk=desk), "s") as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        desk.trouble = "share.png cannot be written: disk full"
        await press(pilot, "s")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        name = "/home/[me]/deploying-models-safely-share"
        said = [notice.message for notice in pilot.app._notifications]
        assert said[1::2] == [f"To share: {name}.png and {name}.txt", desk.trouble]


async def test_a_file_of_questions_that_is_wrong_keeps_nobody_from_starting():
    """What can be asked is due; the rest is said where it is needed."""
    missed = fakes.event("lab-graded", fakes.LAB, passed=False, score=0.0, goals={"g": False}, text="")
    history = [replace(each, at=each.at - timedelta(days=90)) for each in (*fakes.MASTERED[:1], missed)]

    class Broken(fakes.FakeCatalog):
        def question_cards(self):
            raise fakes.BrokenLesson("a file is wrong")

        def has_question(self, id):
            raise fakes.BrokenLesson("a file is wrong")

    async with learner(fakes.study(*history, catalog=Broken())) as pilot:
        assert "Review    1 due, about" in shown(pilot)
