"""The clock of a shift runs, is held, and never goes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course.tui.incident.shift import Shift
from labs.incidents.session import SPEEDS

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(-5, 100)),
        st.tuples(st.just("speed"), st.sampled_from([-1, 1])),
        st.tuples(st.just("hold"), st.none()),
    ),
    max_size=30,
)


def after(shift: Shift, step: tuple[str, float]) -> Shift:
    """The shift after something happened to it."""
    kind, value = step
    return (
        shift.after(value) if kind == "wait" else shift.with_speed(int(value)) if kind == "speed" else shift.toggled()
    )


@given(steps=STEPS)
def test_time_never_goes_back_and_never_beyond_the_end(steps):
    """Whatever is pressed, and however the wall clock jumps."""
    shift = Shift(t=300, end=2700, running=True)
    for step in steps:
        later = after(shift, step)

        assert shift.t <= later.t <= 2700
        assert later.shown <= later.t
        assert later.speed in SPEEDS
        shift = later


def test_a_second_on_the_wall_is_as_many_as_the_speed_says():
    """From real time to a minute a second."""
    shift = Shift(t=0, end=1e6, speed=1, running=True)
    gone = []
    for _ in SPEEDS:
        gone.append(shift.after(1).t)
        shift = shift.with_speed(1)

    assert gone == [1, 5, 10, 30, 60]


def test_a_held_clock_stands_still():
    """What is graded stands still with it."""
    held = Shift(t=10, end=100, running=True).toggled()

    assert held.after(1000) == held
    assert held.toggled().after(1).t == 20


def test_nothing_goes_on_after_the_end():
    """The clock stops there, and no key starts it again."""
    over = Shift(t=10, end=100, running=True).after(1000)

    assert (over.t, over.running, over.over) == (100, False, True)
    assert not over.toggled().running
