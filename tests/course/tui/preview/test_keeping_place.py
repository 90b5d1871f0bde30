"""While a lesson is rewritten, the author stays where they are, with what they have typed."""

from __future__ import annotations

from textual.widgets import Input

from course.previews import Spot
from course.tui.widgets.question.panel import QuestionPanel
from tests.course.tui.driving import press, read, type_text, until
from tests.course.tui.preview.driving import PAGES, previewed

TEXT, QUESTIONS = "01-fleets/lesson.md", "01-fleets/questions.yaml"
LONG = PAGES.replace("The old fleet waits.", "\n\n".join(f"Sentence {number}." for number in range(60)))


async def test_the_page_and_how_far_it_is_scrolled(tmp_path):
    """A change above what is in sight moves nothing; a page that is put before leaves one on the same page."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=3), lesson_md=LONG) as (pilot, author):
        await press(pilot, "ctrl+k", "pagedown", "pagedown")
        page = pilot.app.screen.pager.page
        down = page.scroll_offset.y
        assert down > 0
        await author.edit(TEXT, "Sentence 59.", "The last one.")
        await until(pilot, lambda: page.scroll_offset.y == down)
        await author.save(TEXT, "## First of all\n\nA new page.\n\n" + LONG)
        await pilot.pause()

        assert pilot.app.screen.pager.step == 4
        assert pilot.app.screen.title_bar.status == "step 5 of 6"
        assert page.scroll_offset.y == down


async def test_what_was_typed(tmp_path):
    """A number half typed stays while the stem, the page before and the other question change."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=4)) as (pilot, author):
        await type_text(pilot, "42")
        await author.edit(QUESTIONS, "How many fleets are there?", "How many are there?")
        await until(pilot, lambda: "How many are there?" in read(pilot))
        assert pilot.app.screen.query_one(Input).value == "42"
        await type_text(pilot, "0")
        assert pilot.app.screen.query_one(Input).value == "420"
        await press(pilot, "ctrl+k")
        await author.edit(QUESTIONS, "text: Blue", "text: Cyan")
        await pilot.pause()

        assert pilot.app.screen.query_one(Input).value == "420"


async def test_an_answer_is_judged_anew(tmp_path):
    """Who proof-reads the explanation goes on seeing it; who corrects the key sees what becomes of the answer."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=4)) as (pilot, author):
        await type_text(pilot, "2")
        await press(pilot, "enter")
        assert "Blue and green." in read(pilot)
        await author.edit(QUESTIONS, "explain: Blue and green.", "explain: Green and blue.")
        await until(pilot, lambda: "Green and blue." in read(pilot))
        assert pilot.app.screen.query_one(QuestionPanel).verdict.correct
        await author.edit(QUESTIONS, "value: 2", "value: 3")
        await until(pilot, lambda: not pilot.app.screen.query_one(QuestionPanel).verdict.correct)


async def test_an_answer_that_is_none_any_more(tmp_path):
    """Where the option that was chosen is gone, the question is asked anew."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=1)) as (pilot, author):
        await press(pilot, "down", "enter")
        text = (author.root / QUESTIONS).read_text()
        for old, new in (("id: a,", "id: x,"), ("id: b,", "id: y,"), ("accepts: [a]", "accepts: [x]")):
            text = text.replace(old, new)
        await author.save(QUESTIONS, text.replace("rejects: [b]", "rejects: [y]"))
        await pilot.pause()

        assert pilot.app.screen.query_one(QuestionPanel).verdict is None


async def test_a_step_that_is_gone(tmp_path):
    """Who stood at it stands at the one that took its place, or at the last one."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=4)) as (pilot, author):
        await press(pilot, "ctrl+k")
        await author.save(TEXT, PAGES[: PAGES.index("## Nothing")])
        await pilot.pause()
        assert pilot.app.screen.pager.step == 2
        await press(pilot, "p", "p")
        await author.edit(TEXT, "## Blue and green", "## Green and blue")
        await pilot.pause()

        assert "Green and blue" in read(pilot)


async def test_a_step_that_cannot_be_known_again(tmp_path):
    """A page with another title is the same by its text; a question that cannot be read stands where it stood."""
    async with previewed(tmp_path, Spot(kind="lesson", id="fleets", step=3)) as (pilot, author):
        await press(pilot, "ctrl+k")
        await author.save(
            TEXT, "## First of all\n\nA page.\n\n" + PAGES.replace("## Nothing is lost", "## All is kept")
        )
        await until(pilot, lambda: "All is kept" in read(pilot))
        assert pilot.app.screen.pager.step == 4
        await press(pilot, "n")
        await author.save(TEXT, PAGES.replace("{question: how-many}", "{question: how-mny}"))
        await pilot.pause()

        assert pilot.app.screen.pager.step == 4
        assert "there is no question 'how-mny'" in read(pilot)
