"""What a terminal would obey comes to the screens by other ways than packs: it is pasted, kept, named, or refused."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import Input

from course.characters import in_one_line, inert, is_text, spelt_out, without
from course.tui.drawing.net import caught
from course.tui.drawing.words import LEFT_OUT, LONGEST, inline, plain
from course.tui.lab.plan.editor import PlanEditor
from course.tui.screens.problem import ProblemScreen
from course.tui.widgets.line import Line
from tests.course.tui import fakes
from tests.course.tui.driving import learner, press, read, until
from tests.course.tui.hostile.driving import LONG, MARKUP, go, look, study, visitor
from tests.course.tui.lab.driving import settle

EVIL = "\x1b]0;title\x07\x9b2J\u202egpj\x7f\x01\u2066\u200f\udce9"
"""A terminal's title, a cleared screen, text from right to left, and a byte that is no text."""
LEFT = "]0;title2Jgpj"
"""What of it is text."""


def test_one_table_for_all():
    """Commands spell them out, screens picture them, what is pasted goes without, a line keeps its width."""
    assert spelt_out("a\x1b\u202eb\tc") == "a\\x1b\\u202eb\tc"
    assert inert("a\x1b\x7f\x9b\u202e\udce9\r\nb\tc") == "a␛␡���\nb\tc"
    assert in_one_line("a\tb\nc\x07") == "a␉b␊c␇"
    assert without(f"{EVIL}\r\nb\rc") == f"{LEFT}\nb\nc"
    assert (is_text(EVIL), is_text("a\r\nb\tc")) == (False, True)
    assert caught(EVIL) == f"{LEFT}�"
    assert caught("a\tb\nc") == "abc"
    assert cell_len(caught(EVIL)) == cell_len(EVIL)


@pytest.mark.parametrize("door", [plain, inline])
def test_nobody_waits_for_the_end_of_a_text_without_end(door):
    """Five screens full of it are shown, and that it goes on."""
    assert door(LONG).plain == LONG[:LONGEST] + "…"
    assert door(LONG[:LONGEST]).plain == LONG[:LONGEST]


async def test_the_plan_goes_without_what_is_pasted(tmp_path):
    """And says so. What is seen is what is kept, graded and taken back."""
    found = study(tmp_path, "text")
    async with visitor(found, "update") as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query(PlanEditor)))
        await settle(pilot)
        await press(pilot, "e")
        editor = pilot.app.screen.query_one(PlanEditor)
        await until(pilot, lambda: editor.has_focus)
        pilot.app.post_message(events.Paste(f"{EVIL}\ra: 1\n"))
        await settle(pilot)
        look(pilot)
        assert editor.text.startswith(f"{LEFT}\na: 1\n#")
        await until(pilot, lambda: LEFT_OUT[:30] in read(pilot))

        editor.insert(EVIL, (0, 0))
        assert editor.text.startswith(f"{LEFT}{LEFT}\n")
        await press(pilot, "escape")
    *_, saved = [event for event in found.journal.events() if event.kind == "plan-saved"]
    assert saved.data["text"] == editor.text


async def test_a_plan_of_a_spoilt_history(tmp_path):
    """It opens without what is no text, and says so; the rest of the history is text as well."""
    past = (
        fakes.event("plan-saved", "update", text=f"{EVIL}\n{MARKUP}\n"),
        fakes.event("lab-graded", "update", score=50.0, text=f"# best {EVIL}\n", passed=False),
        fakes.event("lab-graded", EVIL, score=50.0, text=EVIL),
        fakes.event("answered", "short-text", answer=EVIL + MARKUP, correct=True, lesson="fleets"),
        fakes.event("preferred", "theme", value=EVIL),
    )
    async with visitor(study(tmp_path, "text", *past, warning=EVIL + MARKUP), "update") as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query(PlanEditor)))
        await settle(pilot)
        await go(pilot, "e")
        editor = pilot.app.screen.query_one(PlanEditor)
        assert editor.text == f"{LEFT}\n{MARKUP}\n"
        await until(pilot, lambda: LEFT_OUT[:30] in read(pilot))
        await press(pilot, "escape", "ctrl+b")
        await go(pilot, "y")
        assert editor.text == f"# best {LEFT}\n"


async def test_lines_to_type_in():
    """What is pasted into any of them is text, or is shown as what it is; a hundred thousand letters are only long."""
    for keys in (("g",), ("ctrl+p",), ("f7",)):
        async with learner(fakes.study(), *keys) as pilot:
            for pasted in (EVIL, LONG):
                pilot.app.post_message(events.Paste(pasted))
                await pilot.pause()
                look(pilot)
            assert f"{LEFT}x" in pilot.app.screen.query(Input).first().value

    async with learner(fakes.study()) as pilot:
        kept = Line(f"{EVIL}\n")
        await pilot.app.screen.mount(kept)
        look(pilot)
        assert kept.value == in_one_line(f"{EVIL}\n")


@pytest.mark.parametrize("start", [EVIL, MARKUP, LONG, "canary"])
async def test_what_is_wrong_is_said_as_text(start):
    """A place that is not there, and a lesson whose files are wrong."""
    catalog = fakes.FakeCatalog(broken={"canary": f"le\nsson{EVIL}.yaml:1:1: {MARKUP}"}, warning=f"{EVIL}\n{MARKUP}")
    async with visitor(fakes.study(warning=EVIL, catalog=catalog), start) as pilot:
        look(pilot)
        assert isinstance(pilot.app.screen, ProblemScreen)
        pilot.app.notify(f"{MARKUP} {EVIL}", title=f"{MARKUP} {EVIL}")
        await until(pilot, lambda: "[@click=app." in read(pilot))
        look(pilot)
        await go(pilot, "escape")
