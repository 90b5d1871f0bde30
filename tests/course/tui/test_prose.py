"""Markdown as it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.markdown import Code, blocks
from course.tui.drawing.table import Table
from course.tui.drawing.visuals import Stack
from course.tui.widgets.prose import Prose
from tests.course.tui.driving import rows

OPTIONS = RenderOptions(lambda style: Style() if isinstance(style, str) else style, {})
SPOKEN = """\
## Two fleets

Blue *knows* the way, green has to `learn` it.

- one
- two, which is long enough for a second line
    1. inside

> Wait.

| What | Where |
|---|---|
| bake | the end |

---
"""


def drawn(markdown: str, width: int = 30) -> list[str]:
    """The lines of a text without code."""
    parts = [part for part in blocks(markdown) if not isinstance(part, Code)]
    strips = Stack(*parts).render_strips(width, None, Style(), OPTIONS)
    return [strip.text.rstrip() for strip in strips]


@pytest.mark.parametrize(
    "frame", ["{}", "- {}", "> {}", "| a |\n|---|\n| {} |"], ids=["text", "list", "quote", "table"]
)
def test_marks_within_marks_without_end_are_text(frame):
    """A pack cannot break a screen with them; what a sentence needs is styled."""
    deep, usual = ("".join(["*a **b "] * count + ["c** d* "] * count).strip() for count in (2000, 3))

    assert "*a **b *a **b" in " ".join(drawn(frame.format(deep), 20_000))
    assert "a b a b a b c d c d c d" in " ".join(drawn(frame.format(usual), 80))


ADDRESS = "https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html"
FRAMES = pytest.mark.parametrize(
    "frame", ["All of it is there, see {}.", "- all of it: {}", "> It is there ({}).", "`{}` has it", "<{}> has it"]
)


@FRAMES
@given(width=st.integers(len(ADDRESS) + 4, 100))
def test_an_address_that_fits_stands_in_one_line(frame, width):
    """It goes to the next line as a whole, whatever stands before or after it."""
    assert any(ADDRESS in line for line in drawn(frame.format(ADDRESS), width))


@FRAMES
@given(width=st.integers(30, len(ADDRESS) - 1))
def test_an_address_that_does_not_fit_is_broken_where_its_parts_end(frame, width):
    """Never inside a word of it; and nothing is lost of it."""
    lines = [line.lstrip("•▌ ") for line in drawn(frame.format(ADDRESS), width)]
    first = next(number for number, line in enumerate(lines) if "https:/" in line)
    text, ends = "", []
    for line in lines[first:]:
        text += line
        ends.append(len(text))
    start = text.index("https:")

    assert ADDRESS in text
    assert all(ADDRESS[end - start - 1] in "/-._" for end in ends if start < end < start + len(ADDRESS))


@given(st.text("abc /-.é\n", max_size=80), st.integers(4, 40))
def test_what_is_broken_loses_nothing(text, width):
    """All letters are there, in their order, and no line is too long."""
    strips = Wrapped(Content(text)).render_strips(width, None, Style(), OPTIONS)

    assert "".join("".join(strip.text.split()) for strip in strips) == "".join(text.split())
    assert all(strip.cell_length <= width for strip in strips)


def test_every_kind_of_block_has_its_form():
    """Headings, sentences, lists in lists, quotes, tables and rules."""
    assert drawn(SPOKEN) == [
        "Two fleets",
        "Blue knows the way, green has",
        "to learn it.",
        "• one",
        "• two, which is long enough",
        "  for a second line",
        "  1. inside",
        "▌ Wait.",
        "┌──────┬─────────┐",
        "│ What │ Where   │",
        "├──────┼─────────┤",
        "│ bake │ the end │",
        "└──────┴─────────┘",
        "────────",
    ]


def test_items_with_paragraphs_have_air_between_them():
    """A list is as airy as its author wrote it; numbers go on from the first."""
    assert drawn("9. one\n\n10. two") == [" 9. one", "", "10. two"]


@pytest.mark.parametrize(
    ("markdown", "language", "text"),
    [
        pytest.param("```yaml\na: 1\n```", "yaml", "a: 1", id="with a language"),
        pytest.param("```\n[b]x[/b]\n```", "", "[b]x[/b]", id="without"),
        pytest.param("```text Old leads to new.\nold > new\n```", "text", "old > new", id="with a description"),
        pytest.param("    indented", "", "indented", id="indented"),
    ],
)
def test_code_stands_as_it_is(markdown, language, text):
    """It is no text: it does not wrap, and nothing in it is marked."""
    assert list(blocks(markdown)) == [Code(text, language)]


def test_nothing_is_markup_and_nothing_is_obeyed():
    """Brackets are brackets, tags are text, escape codes are signs."""
    assert drawn("[bold]x[/] <b>y</b> \x1b[31m", 60) == ["[bold]x[/] <b>y</b> ␛[31m"]


def test_characters_that_are_spelt_as_entities_are_not_obeyed_either():
    """They are characters only once the text is parsed."""
    assert drawn("a&#x202e;b &#12; &#27; &lrm;&#x2066; &amp;", 60) == ["a�b ␌ � �� &"]


CELLS = st.text("ab ", max_size=20).map(Content)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_a_table_fits_where_it_can(cells):
    """It is never wider than it needs to be, nor than its place as long as each column has one cell; its lines are as
    many as it says."""
    table = Table(cells[0], cells[1:])
    needed = table.get_optimal_width({}, 80)
    for width in (needed + 5, needed, 40, 25, 20):
        strips = table.render_strips(width, None, Style(), OPTIONS)

        assert {strip.cell_length for strip in strips} == {sum(table.widths(width)) + 4 + 3 * (len(cells[0]) - 1)}
        assert strips[0].cell_length <= min(width, needed)
        assert len(strips) == table.get_height({}, width)


def test_words_are_not_broken_as_long_as_that_can_be():
    """The column with the long name keeps its width, the one with the sentence gives way."""
    table = Table([Content("Field"), Content("What")], [[Content("TerminationWait"), Content("the final bake of all")]])

    assert table.widths(32) == [15, 10]


SOURCES = f"| Guardrails | Source |\n|---|---|\n| terminationwaitinseconds of all updates | {ADDRESS} |"


def cells_at(width: int) -> list[str]:
    """What stands in the last column, line by line."""
    return [line.split("│")[2].strip() for line in drawn(SOURCES, width) if "│" in line]


@given(st.integers(len(ADDRESS) + 15, 140))
def test_an_address_in_a_table_stays_whole(width):
    """Whatever stands beside it gives way, words of it too."""
    assert ADDRESS in cells_at(width)


@given(st.integers(40, len(ADDRESS) + 8))
def test_an_address_that_no_table_holds_is_broken_where_its_parts_end(width):
    """As it is in a text."""
    lines = [cell for cell in cells_at(width)[1:] if cell]

    assert "".join(lines) == ADDRESS
    assert all(line[-1] in "/-._" for line in lines[:-1])


def test_a_table_without_end_fits_too():
    """Its widest columns give way, and nobody waits until it has been worked out which would do best."""
    table = Table([Content("a"), Content("b")], [[Content("x" * 100_000), Content("word " * 20)]] * 500)

    assert sum(table.widths(80)) == 80 - 7


@pytest.mark.parametrize(
    ("markdown", "opened"),
    [
        pytest.param("[a page](https://example.org/x)", ["https://example.org/x"], id="of the web"),
        pytest.param("[a file](file:///etc/passwd)", [], id="of this machine"),
        pytest.param("nothing", [], id="no link"),
    ],
)
async def test_only_pages_of_the_web_are_opened(markdown, opened, monkeypatch):
    """A click on any other link, or on text, does nothing."""

    class Page(App[None]):
        def compose(self):
            yield Prose(markdown)

    went = []
    async with Page().run_test() as pilot:
        monkeypatch.setattr(pilot.app, "open_url", lambda url, new_tab=True: went.append(url))
        assert rows(pilot)[0].split()
        await pilot.click(Prose, offset=(2, 0))

    assert went == opened
