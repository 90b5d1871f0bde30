"""Terms on the pages of lessons: marked where they first stand, and explained over the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content

from course.syllabus import Prose as Text
from course.syllabus import Reading
from course.terms import Spotter
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.markdown import TERM, blocks
from course.tui.glossary.dialog import TermsDialog
from course.tui.lesson.lesson import LessonScreen
from tests.course.test_terms import BAKE, CANARY, ROLLBACK
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows, shown


def marked(markdown: str, *terms) -> list[str]:
    """Return what is marked in the paragraphs of a text."""
    spotter = Spotter(terms)
    found = [block for block in blocks(markdown, spotter) if isinstance(block, Wrapped)]
    contents: list[Content] = [block.content for block in found]
    return [
        content.plain[span.start : span.end] for content in contents for span in content.spans if span.style == TERM
    ]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        pytest.param("A canary, and a canary.", ["canary"], id="the first"),
        pytest.param("A `canary` and a canary.", ["canary"], id="not in code"),
        pytest.param("A [canary](https://a.org/) bakes.", ["bakes"], id="not in a link"),
        pytest.param("### Canary\n\nText.", [], id="not in a heading"),
        pytest.param("A **canary** bakes.", ["canary", "bakes"], id="in what is strong"),
        pytest.param("An auto\nrollback.", ["auto rollback"], id="across the end of a line"),
        pytest.param("One canary.\n\nOne more canary.", ["canary"], id="once on a page"),
    ],
)
def test_what_is_marked(markdown, found):
    """A term stands out where it is new, and nowhere else."""
    assert marked(markdown, CANARY, BAKE, ROLLBACK) == found


def test_marking_changes_no_letter():
    """The text is the same, with and without terms."""
    text = "A canary &amp; a *bake*,\nnot a `canary`."
    plain, with_terms = (
        [block.content.plain for block in blocks(text, spotter) if isinstance(block, Wrapped)]
        for spotter in (None, Spotter([CANARY, BAKE]))
    )

    assert plain == with_terms


WORDS = " ".join(f"word{n}" for n in range(400))
PAGE = Reading(title="Words", blocks=(Text(markdown=f"{WORDS}\n\nThe blue fleet bakes: a canary.\n\n{WORDS}"),))
BARE = Reading(title="Bare", blocks=(Text(markdown="Nothing is marked here."),))


def study():
    """A lesson with a long page of terms, and a page without."""
    lesson = replace(fakes.CANARY, steps=(PAGE, BARE), glossary=("blue-fleet", "canary", "baking-period"))
    return fakes.study(catalog=fakes.FakeCatalog(lessons=dict(fakes.LESSONS) | {"canary": lesson}))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_terms_are_explained_in_place(size):
    """The footer offers it where there are any; Esc leads back to the very line."""
    async with learner(study(), start="canary", size=size) as pilot:
        assert "t Terms" in rows(pilot)[-1]
        await press(pilot, "space", "j", "j")
        before, at = shown(pilot), pilot.app.screen.query_one("Page").scroll_offset

        await press(pilot, "t")
        assert isinstance(pilot.app.screen, TermsDialog)
        page = read(pilot)
        assert "The instances that run the old, known version." in page
        assert "https://docs.aws.amazon.com/sagemaker/" in page
        assert "checked 2026-11-27" in page
        assert "rollback" not in page.casefold(), "no term of another page"

        await press(pilot, "down")
        assert "One of four instances gets a quarter of the requests." in read(pilot)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LessonScreen)
        assert pilot.app.screen.query_one("Page").scroll_offset == at
        assert shown(pilot) == before


async def test_a_page_without_terms_offers_none():
    """The key does nothing there."""
    async with learner(study(), "enter", start="canary") as pilot:
        assert "Terms" not in rows(pilot)[-1]
        await press(pilot, "t")

        assert isinstance(pilot.app.screen, LessonScreen)
