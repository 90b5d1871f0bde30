"""Lessons, step by step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from course.tui.drawing.plot import PlotView
from course.tui.drawing.visuals import Address
from course.tui.drawing.words import gist
from course.tui.home.screen import HomeScreen
from course.tui.lesson.contents import ContentsScreen
from course.tui.lesson.lesson import LessonScreen
from course.tui.lesson.steps_bar import StepsBar
from course.tui.practice.screen import PracticeScreen
from course.tui.widgets.question.panel import QuestionPanel
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows, shown
from tests.course.tui.fakes import event

STEPS = len(fakes.CANARY.steps)
LAST = ("c", "end", "enter")
"""Keys that go to the last step."""


def screen(pilot) -> LessonScreen:
    assert isinstance(pilot.app.screen, LessonScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_page_shows_where_one_is(size):
    """Title, step and number of steps stand above the text. Square brackets and HTML in a lesson stand there as they
    were written, and no line of a text fence is wrapped or shifted."""
    async with learner(fakes.study(), start="canary", size=size) as pilot:
        assert rows(pilot)[0].split("  ")[1] == "Canary traffic shifting"
        assert rows(pilot)[0].rstrip().endswith("step 1 of 9")
        page = shown(pilot)
        assert "Small harm, quickly undone" in page
        assert "[not markup], <b>not HTML</b>" in page
        assert "[bold]plain[/bold] [/]" in page

        await press(pilot, "enter")
        page = shown(pilot)
        for line in fakes.DIAGRAM.split("```")[1].splitlines()[1:]:
            assert line.rstrip() in page


async def test_plots_are_drawn():
    """A plot has its title, its legend, round numbers and braille."""
    async with learner(fakes.study(), start="linear") as pilot:
        page = shown(pilot)

        assert "Traffic during a linear update" in page
        assert "━━ blue" in page
        assert "╍╍ green" in page
        assert "100 ┤" in page
        assert "minutes since UpdateEndpoint" in page
        assert any("⠀" < letter <= "⣿" for letter in page)
        assert len(pilot.app.screen.query(PlotView)) == 1


async def test_every_step_is_written_down():
    """Going forth and back leaves an event for each step, with what is needed to return."""
    study = fakes.study()
    async with learner(study, "enter", "enter", "p", start="canary"):
        steps = study.journal.kinds("lesson-step")

        assert [step.data["step"] for step in steps] == [0, 1, 2, 1]
        assert steps[1].data == {"step": 1, "of": STEPS, "revision": 1}
        assert len(steps[0].data["steps"]) == STEPS, "what the steps are is written down once"
        assert all(step.subject == "canary" for step in steps)


async def test_space_reads_on_to_the_end_and_then_to_the_next_step():
    """Space is the only key one needs for reading."""
    async with learner(fakes.study(), "enter", start="canary") as pilot:
        page = pilot.app.screen.query_one("Page")
        assert screen(pilot).pager.step == 1
        assert page.max_scroll_y > 0

        presses = 0
        while screen(pilot).pager.step == 1:
            await press(pilot, "space")
            presses += 1

        assert presses == 2
        assert screen(pilot).pager.step == 2


async def test_long_pages_scroll():
    """Line by line, by screenfuls, and to both ends; each step begins at its top."""
    async with learner(fakes.study(), "enter", start="canary") as pilot:
        page = pilot.app.screen.query_one("Page")
        for keys, expected in (
            (["j"], 1),
            (["k"], 0),
            (["j", "j", "k"], 1),
            (["home", "down"], 1),
            (["end", "home"], 0),
            (["pagedown", "pageup"], 0),
        ):
            await press(pilot, *keys)
            assert page.scroll_offset.y == expected, keys

        await press(pilot, "end", "p", "n")
        assert pilot.app.screen.query_one("Page").scroll_offset.y == 0


async def test_escape_goes_home_and_loses_nothing():
    """Whoever comes back is at the step they left."""
    async with learner(fakes.study(), "enter", "enter", "enter", "escape") as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)

        await press(pilot, "enter")

        assert screen(pilot).pager.step == 2


async def test_contents_jump_to_any_step():
    """c lists all steps, questions and labs by name; Enter goes there, Esc stays."""
    async with learner(fakes.study(), "c", start="canary") as pilot:
        assert isinstance(pilot.app.screen, ContentsScreen)
        assert "Question: Which field holds" in shown(pilot)
        assert "Lab: First guarded update" in shown(pilot)

        await press(pilot, "j", "enter")
        assert screen(pilot).pager.step == 1

        await press(pilot, "c", "end", "escape")
        assert screen(pilot).pager.step == 1


async def test_contents_tell_right_from_wrong_answers():
    """Each question that was answered has its sign."""
    study = fakes.study(
        event("answered", "wait-field", answer="wait", correct=True, hints=0, lesson="canary"),
        event("answered", "harmed", answer="960", correct=False, hints=0, lesson="canary"),
    )
    async with learner(study, "c", start="canary") as pilot:
        assert "✓ Question: Which field holds" in shown(pilot)
        assert "✗ Question: How many fail?" in shown(pilot)
        assert "○ Question: Bring the steps" in shown(pilot)


async def test_the_end_is_a_small_success():
    """After the last step: what was done, what is left, words to remember, and sources."""
    study = fakes.study()
    async with learner(study, *LAST, "n", start="canary") as pilot:
        page = shown(pilot)

        assert "◐ The end, not all is done" in page
        assert rows(pilot)[0].rstrip().endswith("the end")
        assert "! 0 of 6 questions right" in page
        assert "○ Which field holds" in page
        assert "! First guarded update: not tried yet" in page
        assert "Baking period · Canary" in page
        assert "https://example.org/guide  checked 2026-11-22" in page
        assert study.journal.kinds("lesson-finished") == []  # it was jumped to

        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, HomeScreen)
        assert "✓ Canary traffic shifting" not in shown(pilot)


async def test_who_saw_every_step_has_read_the_lesson():
    """The end is written down once; mastered it is when its questions are right and its lab is passed."""
    study = fakes.study()
    async with learner(study, *["ctrl+n"] * len(fakes.CANARY.steps), start="canary") as pilot:
        assert len(study.journal.kinds("lesson-finished")) == 1
        await press(pilot, "enter")
        assert "◐ Canary traffic shifting" in shown(pilot)
        assert "0 of 6 right, lab open" in shown(pilot)


async def test_what_was_wrong_is_asked_once_more_with_one_key():
    """From the end of a lesson; what was right is not asked again."""
    right = event("answered", "wait-field", answer="wait", correct=True, lesson="canary")
    study = fakes.study(right)
    async with learner(study, *LAST, "n", "a", start="canary") as pilot:
        assert isinstance(pilot.app.screen, PracticeScreen)
        asked = [item.id for item in pilot.app.screen.session.items]
        assert asked == [question.id for question in fakes.QUESTIONS if question.id != "wait-field"]


async def test_a_mastered_lesson_says_so():
    """All right, and the lab passed."""
    async with learner(fakes.study(*fakes.MASTERED), *LAST, "n", start="canary") as pilot:
        assert "✓ Lesson mastered" in shown(pilot)
        await press(pilot, "enter")
        assert "✓ Canary traffic shifting" in shown(pilot)


async def test_a_finished_lesson_opens_at_its_beginning():
    """Reading again begins at step 1."""
    study = fakes.study(event("lesson-step", "canary", step=8, of=9, revision=1), event("lesson-finished", "canary"))
    async with learner(study, "down", "down", "enter") as pilot:
        assert screen(pilot).pager.step == 0


async def test_the_practice_step_offers_the_lab():
    """At a lab, Enter opens it, and n skips it."""
    async with learner(fakes.study(), *LAST, start="canary") as pilot:
        assert "First guarded update" in shown(pilot)
        assert "not tried yet" in shown(pilot).lower()
        assert "⏎ Open the lab" in rows(pilot)[-1]
        assert "n Skip" in rows(pilot)[-1]


async def test_a_lesson_that_became_shorter_opens_at_its_last_step():
    """A step that is gone leads to the nearest one."""
    study = fakes.study(event("lesson-step", "linear", step=40, of=50, revision=1))
    async with learner(study, "enter") as pilot:
        assert screen(pilot).lesson.id == "linear"
        assert screen(pilot).pager.step == 1


async def test_fast_fingers_do_not_confuse_the_pages():
    """Several keys before the first page is drawn lead to one page, the right one."""
    async with learner(fakes.study(), start="canary") as pilot:
        await pilot.press("n", "n", "n", "p")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()

        [panel] = pilot.app.screen.query(QuestionPanel)
        assert panel.question.id == "wait-field"
        assert screen(pilot).pager.step == 2


async def test_the_keys_stay_in_sight_while_another_window_has_the_focus():
    """Whoever looks at the lesson from another window reads the same keys; back in this one, they work at once."""
    async with learner(fakes.study(), "enter", start="canary") as pilot:
        before = rows(pilot)[-1]
        assert "space Read on" in before

        pilot.app.post_message(events.AppBlur())
        await pilot.pause()
        pilot.app.screen.refresh_bindings()
        await pilot.pause()
        assert pilot.app.focused is None
        assert rows(pilot)[-1] == before

        pilot.app.post_message(events.AppFocus())
        await press(pilot, "n")
        assert screen(pilot).pager.step == 2


async def test_the_first_step_has_no_previous():
    """What is impossible is not offered."""
    async with learner(fakes.study(), start="canary") as pilot:
        assert "Previous" not in rows(pilot)[-1]

        await press(pilot, "p")

        assert screen(pilot).pager.step == 0


async def test_segments_can_be_clicked():
    """The bar of steps is a table of contents for the mouse."""
    async with learner(fakes.study(), start="canary") as pilot:
        bar = pilot.app.screen.query_one(StepsBar)

        await pilot.click(StepsBar, offset=(bar.size.width - 2, 0))
        await pilot.pause()

        assert screen(pilot).pager.step == STEPS - 1


async def test_a_broken_lesson_shows_its_problem_and_lets_one_go_back():
    """Content that cannot be read is explained in its own words, not as markup, and harms nothing else."""
    problem = "lessons/canary/lesson.yaml:7:3: unknown key [titel]; did you mean [/title]?"
    study = fakes.study(catalog=fakes.FakeCatalog(broken={"canary": problem}))
    async with learner(study, "enter") as pilot:
        assert "✗ This part of the course cannot be shown." in shown(pilot)
        assert "unknown key [titel]; did you mean [/title]?" in read(pilot)

        await press(pilot, "escape")

        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_name_that_is_nowhere_says_what_there_is():
    """Starting at something unknown lists what can be started at."""
    async with learner(fakes.study(), start="cannary") as pilot:
        assert "There is no 'cannary' in this course." in read(pilot)
        assert "canary, linear, first-guarded-update, glossary" in read(pilot)


@given(st.integers(1, 60), st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1, max_size=12))
def test_an_address_is_broken_where_its_parts_end(width, parts):
    """No line ends inside a word, whatever the width, and nothing is lost."""
    address = "https://example.org/" + "-".join(parts)
    lines = str(Address(address)._at(width)).split("\n")

    assert "".join(lines) == address
    assert all(line[-1] in "/-._" for line in lines[:-1])


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("A fleet has four. What share goes first? Answer in percent.", "What share goes first?"),
        ("Bring the steps into order. One is missing.", "Bring the steps into order."),
        ("Which?", "Which?"),
    ],
)
def test_the_contents_name_a_question_by_what_it_asks(stem, said):
    """A stem begins with a story, which tells one question from another less well."""
    assert gist(stem) == said


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_the_contents_cut_nothing(size):
    """No step ends in an ellipsis, and the last one can be reached."""
    async with learner(fakes.study(), "c", "end", start="canary", size=size) as pilot:
        assert "…" not in shown(pilot)
        assert "Lab: First guarded update" in shown(pilot)
