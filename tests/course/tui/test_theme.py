"""Colours that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

import course.tui
from course.tui import signs
from course.tui.signs import Sign, bar
from course.tui.theme import DARK, LIGHT, OURS, following, variables

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


def test_themes_follow_each_other():
    """A foreign theme is followed by ours."""
    assert following("nord") == DARK.name
    assert following(OURS[-1].name) == DARK.name


def test_signs_are_one_cell_wide_and_differ():
    """States that mean different things have different signs."""
    marks = {name: sign for name, sign in vars(signs).items() if isinstance(sign, Sign)}

    assert all(sign.content.cell_length == 1 for sign in marks.values())
    assert len({marks[name].mark for name in ("DONE", "HERE", "OPEN", "LOCKED", "WRONG", "CAREFUL")}) == 6


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
    folder = Path(course.tui.__file__).parent

    assert (folder / "mlcourse.tcss").is_file()
    assert (folder / "screens" / "page.tcss").is_file()
