"""Colours that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color

import course.tui
from course.tui.drawing import signs
from course.tui.drawing.signs import Sign, bar
from course.tui.drawing.theme import ANSI, DARK, LIGHT, OURS, following, variables
from tests.course.tui import fakes
from tests.course.tui.driving import learner

FOLDER = Path(course.tui.__file__).parent
READABLE = 4.5
"""The contrast that WCAG 2 asks of text."""

TEXT = ("foreground", "accent", "success", "warning", "error", "quiet", "hushed", "code", "blue-fleet", "green-fleet")


def luminance(color: Color) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted(luminance(Color.parse(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "chosen"])
@pytest.mark.parametrize("name", TEXT)
def test_text_can_be_read(theme, ground, name):
    """Every colour of text stands out from every ground that it may lie on."""
    known = {**theme.to_color_system().generate(), **variables(theme)}

    assert contrast(known[name], known[ground]) >= READABLE


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_every_theme_has_all_our_colours(theme):
    """A stylesheet may use any of them under any theme."""
    assert set(variables(theme)) == set(variables(DARK))


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
async def test_every_stylesheet_can_be_read_in_every_theme(theme):
    """A colour that is none in one theme would end the program there."""
    async with learner(fakes.study(fakes.event("preferred", "theme", value=theme.name))) as pilot:
        for path in sorted(FOLDER.glob("**/*.tcss")):
            pilot.app.stylesheet.read(path)
        pilot.app.stylesheet.parse()


def test_themes_follow_each_other():
    """A foreign theme is followed by ours."""
    assert following("nord") == DARK.name
    assert following(OURS[-1].name) == DARK.name


@pytest.mark.parametrize("presses", range(1, 4))
async def test_the_chosen_theme_is_there_the_next_time(presses):
    """The first screen is painted in it, exactly as it was painted when it was chosen."""
    journal = fakes.study()
    async with learner(journal, *["f9"] * presses) as pilot:
        chosen, picture = pilot.app.theme, pilot.app.export_screenshot()
    async with learner(journal) as pilot:
        assert pilot.app.theme == chosen
        assert pilot.app.native_ansi_color == (chosen == ANSI.name)
        assert _colours(pilot.app.export_screenshot()) == _colours(picture)


@pytest.mark.parametrize("stored", ["a theme of tomorrow", "", 7])
async def test_a_theme_that_is_not_there_is_no_theme(stored):
    """The history may stem from another version of the program."""
    async with learner(fakes.study(fakes.event("preferred", "theme", value=stored))) as pilot:
        assert pilot.app.theme == DARK.name


async def test_only_the_theme_is_a_theme():
    """Other things may be preferred one day."""
    async with learner(fakes.study(fakes.event("preferred", "speed", value=LIGHT.name))) as pilot:
        assert pilot.app.theme == DARK.name


def _colours(picture: str) -> set[str]:
    return set(re.findall("#[0-9a-f]{6}", picture))


def test_signs_are_one_cell_wide_and_differ():
    """States that mean different things have different signs."""
    marks = {name: sign for name, sign in vars(signs).items() if isinstance(sign, Sign)}

    assert all(sign.content.cell_length == 1 for sign in marks.values())
    assert len({marks[name].mark for name in ("DONE", "HERE", "OPEN", "WRONG", "CAREFUL")}) == 5


@pytest.mark.parametrize(
    ("done", "of", "filled"),
    [(0, 5, 0), (5, 5, 10), (1, 100, 1), (99, 100, 9), (0, 0, 0), (1, 2, 5)],
)
def test_bars_are_full_only_at_the_end(done, of, filled):
    """A bar never looks full too early, nor empty after the first step."""
    text = bar(done, of, 10).plain

    assert len(text) == 10
    assert text.count(signs.BAR_DONE) == filled


def test_styles_lie_beside_the_screens():
    """Stylesheets are files of the package, so that the wheel has them."""
    assert (FOLDER / "mlcourse.tcss").is_file()
    assert (FOLDER / "screens" / "page.tcss").is_file()
