"""The plain parts of the timeline: letters, columns, bars, the play head."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.drawing.axis import Axis, ended_minutes
from course.tui.drawing.bars import EIGHTHS, ZERO, bar, nice, row_of
from course.tui.drawing.clock import clock, span
from course.tui.lab.run.playback import SPEEDS, Playback
from course.tui.lab.study import letters_of

NAMES = st.lists(st.text(min_size=1), unique=True, max_size=60)
AXES = st.builds(Axis, st.floats(1, 200_000), st.integers(8, 300))
TIMES = st.floats(0, 200_000)


@given(names=NAMES)
def test_every_release_has_its_own_letter(names):
    """No two releases share a letter, however many there are."""
    letters = letters_of("lab", names)

    assert sorted(letters) == sorted(names)
    assert len(set(letters.values())) == len(names)


@given(names=NAMES, data=st.data())
def test_letters_do_not_tell_the_authors_order(names, data):
    """The letters depend on the ids alone, not on the order in which the author wrote them."""
    shuffled = data.draw(st.permutations(names))

    assert letters_of("lab", names) == letters_of("lab", shuffled)


def test_letters_differ_between_labs():
    """What is A in one lab says nothing about another lab."""
    names = [f"release-{number}" for number in range(8)]

    assert letters_of("one", names) != letters_of("two", names)


@given(axis=AXES, t=TIMES)
def test_a_moment_lies_in_its_column(axis, t):
    """A time on the axis is not before its column begins, and not after the next one does."""
    t = min(t, axis.span_s)
    column = axis.column(t)

    assert axis.time(column) <= t * (1 + 1e-9)
    assert t <= axis.time(column + 1) * (1 + 1e-9)


@given(axis=AXES)
def test_every_minute_begins_in_exactly_one_column(axis):
    """Going through the columns one meets each minute once, in order."""
    met = [minute for column in range(axis.width) for minute in axis.beginning(column)]

    assert met == list(range(len(met)))
    assert len(met) >= int(axis.span_s // 60)


@given(axis=AXES, column=st.integers(0, 299))
def test_a_column_always_stands_for_some_minute(axis, column):
    """Where minutes are wider than columns, a column stands for the minute that it lies in."""
    assert len(axis.minutes(column)) >= 1


@pytest.mark.parametrize(("t", "over"), [(0, 0), (59.9, 0), (60, 1), (61, 1), (3600, 60)])
def test_a_minute_is_known_when_it_is_over(t, over):
    """The count of a running minute is nobody's knowledge yet."""
    assert ended_minutes(t) == over


@given(value=st.floats(0, 1e6), top=st.floats(0.1, 1e6), rows=st.integers(1, 10))
def test_a_bar_is_whole_below_and_empty_above(value, top, rows):
    """Cells are full up to one cell that is partly filled; above it there is nothing."""
    heights = [EIGHTHS.index(mark) if mark != ZERO else 0 for mark in bar(value, top, rows)]

    assert heights == sorted(heights)
    assert sum(0 < height < 8 for height in heights) <= 1


@given(low=st.floats(0, 100), high=st.floats(0, 100), rows=st.integers(1, 10))
def test_more_is_never_drawn_lower(low, high, rows):
    """A bar grows with its value."""
    low, high = sorted((low, high))

    def cells(value):
        return sum(EIGHTHS.index(mark) for mark in bar(value, 100, rows) if mark != ZERO)

    assert cells(low) <= cells(high)


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        pytest.param(None, "  ", id="nothing measured"),
        pytest.param(0.0, " ·", id="a measured zero"),
        pytest.param(0.001, " ▁", id="hardly anything is still something"),
        pytest.param(50.0, " █", id="half"),
        pytest.param(75.0, "▄█", id="three quarters"),
        pytest.param(999.0, "██", id="beyond the top"),
    ],
)
def test_nothing_measured_is_not_zero(value, drawn):
    """Missing, zero and little look different."""
    assert "".join(bar(value, 100, 2)) == drawn


@given(value=st.floats(1e-3, 1e9))
def test_a_scale_has_room_and_wastes_little(value):
    """The top of a scale is at least the value and at most five thirds of it."""
    assert value * (1 - 1e-9) <= nice(value) <= value * 5 / 3 * (1 + 1e-9)


@given(value=st.floats(0, 2e3), rows=st.integers(1, 10))
def test_a_limit_is_drawn_inside_its_lane(value, rows):
    """Whatever the limit, its row is one of the lane's."""
    assert 0 <= row_of(value, 1e3, rows) < rows


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (65.9, "1:05"), (3600, "60:00")])
def test_times_are_minutes_and_seconds(seconds, said):
    """Minutes pass sixty, as in the moments of a grade."""
    assert clock(seconds) == said


def test_what_never_happened_has_no_length():
    """A dash is no zero."""
    assert span(None) == "–"


PLAYBACKS = st.builds(
    Playback, t=st.just(0.0), end=st.floats(0, 1e5), playing=st.booleans(), speed=st.sampled_from(SPEEDS)
)


@given(playback=PLAYBACKS, moves=st.lists(st.floats(-1e6, 1e6), max_size=10))
def test_the_play_head_stays_within_the_film(playback, moves):
    """Wherever it is sent, it is neither before the start nor after the end."""
    for t in moves:
        playback = playback.at(t).after(1.0)

        assert 0 <= playback.t <= playback.end


@given(playback=PLAYBACKS, seconds=st.floats(0, 1e4))
def test_a_paused_film_does_not_move(playback, seconds):
    """Time passes for the learner alone."""
    assert playback.paused().after(seconds) == playback.paused()


def test_playing_stops_at_the_end():
    """There the film is paused, and playing again begins at the start."""
    over = Playback(t=90, end=100, playing=True, speed=60).after(1.0)

    assert (over.t, over.playing) == (100, False)
    assert over.toggled() == Playback(t=0, end=100, playing=True, speed=60)


@pytest.mark.parametrize(("steps", "speed"), [(1, 120), (-1, 30), (99, SPEEDS[-1]), (-99, SPEEDS[0])])
def test_speeds_have_a_first_and_a_last(steps, speed):
    """Faster than the fastest is the fastest."""
    assert Playback(speed=60).with_speed(steps).speed == speed
