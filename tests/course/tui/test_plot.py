"""Plots in the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.syllabus import Plot
from course.tui.drawing.braille import Frame, draw
from course.tui.drawing.plot import FLEETS, colours, picture
from course.tui.drawing.ticks import label, spanning, ticks
from tests.course.tui.fakes import STAIRS

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6).map(lambda points: tuple(sorted(points)))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, (0, 25, 50, 75, 100)),
        (0, 7, (0, 2, 4, 6, 8)),
        (0, 0.3, (0, 0.1, 0.2, 0.3)),
        (3, 3, (3, 4, 5, 6)),
    ],
)
def test_axes_have_round_numbers(low, high, expected):
    """The ticks of the y axis reach over the values."""
    assert spanning(low, high, 5)[: len(expected)] == expected


@given(NUMBERS, NUMBERS)
def test_ticks_reach_over_the_values(first, second):
    """Every value lies between the lowest and the highest tick, and there are few of them."""
    low, high = sorted((first, second))
    found = spanning(low, high, 5)

    rounding = 1e-6 * (1 + high - low)
    assert found[0] <= low + rounding
    assert found[-1] >= high - rounding
    assert 2 <= len(found) <= 6


@given(NUMBERS, NUMBERS, st.integers(2, 12))
def test_inner_ticks_stay_inside(first, second, at_most):
    """The numbers of the x axis lie on the axis."""
    low, high = sorted((first, second))
    rounding = 1e-6 * (1 + high - low)

    assert all(low - rounding <= tick <= high + rounding for tick in ticks(low, high, at_most))


def test_numbers_are_written_as_people_do():
    """Thousands have commas, whole numbers no point."""
    assert [label(value) for value in (0, 2.5, 100.0, 12000)] == ["0", "2.5", "100", "12,000"]


def test_steps_hold_each_value():
    """Stairs are horizontal until the next point, a straight line is not."""
    frame = Frame(left=0, right=10, bottom=0, top=10, width=10, height=5)
    line = [[(0.0, 0.0), (10.0, 10.0)]]

    stairs = draw(line, frame, steps=True)
    assert {row for row, column in stairs if column < 9} == {4}
    assert len({row for row, _ in draw(line, frame, steps=False)}) == 5


def test_lines_can_be_told_apart_without_colours():
    """The second line is dashed."""
    frame = Frame(left=0, right=10, bottom=0, top=10, width=12, height=3)
    cells = draw([[(0.0, 10.0), (10.0, 10.0)], [(0.0, 0.0), (10.0, 0.0)]], frame, steps=False)

    assert sum(row == 0 for row, _ in cells) == 12
    assert sum(row == 2 for row, _ in cells) == 9


def test_fleets_have_their_colours():
    """Blue and green are drawn in blue and green, others in turn."""
    assert colours(("green", "p99", "blue", "limit")) == (
        FLEETS["green"],
        "$accent",
        FLEETS["blue"],
        "$warning",
    )


@pytest.mark.parametrize("width", [30, 60, 76, 100])
def test_a_picture_is_as_wide_as_its_place(width):
    """No line is longer than there is room for, and a line at a tick stands beside its number."""
    lines = picture(STAIRS, width)

    assert max(line.cell_length for line in lines) <= width
    [top] = [line.plain for line in lines if "100 ┤" in line.plain]
    assert any("⠀" < letter <= "⣿" for letter in top)


@given(st.dictionaries(st.text(min_size=1, max_size=8), POINTS, max_size=4), st.booleans(), st.integers(12, 120))
def test_any_numbers_can_be_drawn(series, steps, width):
    """Whatever an author plots, there is a picture."""
    lines = picture(Plot(title="t", x="x", y="y", series=series, steps=steps), width)

    assert len(lines) >= 2


def test_an_empty_plot_says_so():
    """A plot without points is a mistake that can be seen."""
    assert picture(Plot(title="t", x="x", y="y", series={"blue": ()}), 40)[1].plain == "no data"
