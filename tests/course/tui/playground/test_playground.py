"""The alarm playground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.playground.mode_card import ModeCard, row
from course.tui.playground.screen import ABOUT_THRESHOLD, PlaygroundScreen
from course.tui.playground.trial import EXAMPLES, MODES, STATES, Trial, outcomes
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, learner, press, read, rows, shown, type_text


def states(trial: Trial) -> list[str]:
    """The state in each mode, or why there is none."""
    found = outcomes(trial)
    assert not isinstance(found, str), found
    return [outcome.decision.state for outcome in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("0 - X - X", ["OK", "OK", "OK", "OK"], id="three real points: no mode is needed"),
        pytest.param("- - - - -", ["INSUFFICIENT_DATA", "OK", "ALARM", "OK"], id="nothing at all"),
        pytest.param("0 - - - -", ["OK", "OK", "OK", "OK"], id="one good point"),
        pytest.param("- - X - -", ["ALARM", "OK", "ALARM", "OK"], id="an old breach: the premature alarm"),
        pytest.param("- - - X X", ["OK", "OK", "ALARM", "OK"], id="two breaches and nothing before"),
        pytest.param("XXX", ["ALARM", "ALARM", "ALARM", "ALARM"], id="enough of everything"),
    ],
)
def test_the_modes_side_by_side(text, expected):
    """Three of three, OK before: missing, ignore, breaching, notBreaching as in AWS's tables."""
    assert states(Trial(row=text)) == expected


def test_a_threshold_tells_which_values_breach():
    """From it on, as with the operator of most alarms."""
    of_values, by_sign = (
        outcomes(Trial(row=row, threshold=threshold, n="3", m="2"))
        for row, threshold in (("-1 5 - 4.9 7", "5"), ("0 X - 0 X", ""))
    )

    assert of_values == by_sign


@pytest.mark.parametrize(
    ("trial", "say"),
    [
        pytest.param(Trial(row="0 - X", threshold="5"), "'X' is no number", id="a sign beside a threshold"),
        pytest.param(Trial(row="1.2.3", threshold="5"), "'1.2.3' is no number", id="two points"),
        pytest.param(Trial(row="9" * 400, threshold="5"), "is no number", id="beyond all numbers"),
        pytest.param(Trial(row=" ", threshold="5"), "No points", id="no values"),
        pytest.param(Trial(row="3 7", threshold="e"), "Threshold is a number", id="no threshold"),
        pytest.param(Trial(row="3 7"), "'3', '7'", id="values without a threshold"),
        pytest.param(Trial(row="0 ? X"), "'?'", id="a strange sign"),
        pytest.param(Trial(row=""), "No points", id="no points"),
        pytest.param(Trial(row="X", n="3"), "at least 3 points", id="fewer points than N"),
        pytest.param(Trial(n="3", m="4"), "between 1 and the 3", id="M beyond N"),
        pytest.param(Trial(n="none"), "whole numbers from 1", id="N is no number"),
        pytest.param(Trial(n=""), "whole numbers from 1", id="no N"),
        pytest.param(Trial(n="99999999"), "whole numbers from 1", id="N beyond measure"),
        pytest.param(Trial(m="²"), "whole numbers from 1", id="a digit that is no number"),
    ],
)
def test_what_is_wrong_is_said(trial, say):
    """Wrong fields are a sentence, not an error."""
    found = outcomes(trial)

    assert isinstance(found, str)
    assert say in found


@given(
    st.text(alphabet="0X-x o?[", max_size=12) | st.text(alphabet="0-1. ", max_size=12),
    st.text(alphabet="01.-%e", max_size=4),
    st.text(alphabet="0123456789a-", max_size=4),
    st.text(alphabet="0123456789a-", max_size=4),
    st.sampled_from(STATES),
)
def test_nothing_that_is_typed_breaks_it(text, threshold, n, m, before):
    """Whatever stands in the fields, there are four outcomes or a sentence."""
    found = outcomes(Trial(row=text, threshold=threshold, n=n, m=m, before=before))

    assert found if isinstance(found, str) else [outcome.mode for outcome in found] == list(MODES)


@pytest.mark.parametrize("trial", EXAMPLES, ids=lambda trial: trial.row)
def test_every_example_can_be_decided(trial):
    """The examples are right, and the modes do not all agree in most of them."""
    assert len(states(trial)) == len(MODES)


def test_points_that_decided_stand_out():
    """With enough real points, only the newest N of them decide."""
    first = outcomes(Trial(row="X 0 - X X"))[0]
    spans = [span for span in row(first).spans if "reverse" in str(span.style)]

    assert [row(first).plain[span.start : span.end].strip() for span in spans] == ["0", "X", "X"]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_all_modes_are_in_sight(size):
    """Every mode shows its state and its sentence at once."""
    async with learner(fakes.study(), "f7", size=size) as pilot:
        for card in pilot.app.screen.query(ModeCard):
            assert card.region.bottom < size[1], card.mode
            assert card.outcome.decision.state in shown(pilot)
        assert "Alarm playground" in rows(pilot)[0]


async def test_a_row_is_decided_while_it_is_typed():
    """Every key counts; what is not a row yet is told."""
    async with learner(fakes.study(), "f7") as pilot:
        await press(pilot, "ctrl+u")
        assert "No points" in read(pilot)
        await type_text(pilot, "XXX")

        assert [card.outcome.decision.state for card in pilot.app.screen.query(ModeCard)] == ["ALARM"] * 4


async def test_everything_is_set_by_keys():
    """Tab goes round: points, threshold, N, M, mode, state before."""
    async with learner(fakes.study(), "f7", "ctrl+u") as pilot:
        await press(pilot, "2", "5", "tab", "4", "tab", "backspace", "2", "tab", "1", "tab", "right", "tab", "right")

        trial = Trial(row="25", threshold="4", n="2", m="1", mode="ignore", before="ALARM")
        assert pilot.app.screen.trial == trial


async def test_fields_bear_the_names_that_requests_give_them():
    """And take what can be a part of them: any other key is a command, as it is beside them."""
    async with learner(fakes.study(), "f7") as pilot:
        page = read(pilot)
        assert "EvaluationPeriods (N) ▌ 3 DatapointsToAlarm (M) ▌ as N" in page
        assert "TreatMissingData ‹ missing › StateValue before ‹ OK ›" in page
        assert f"Threshold ▌ none {ABOUT_THRESHOLD} EvaluationPeriods" in page
        await press(pilot, "end", *"qe", "tab", *"q", "tab", *"e.q")
        assert pilot.app.screen.trial == Trial()
        await press(pilot, "shift+tab", "shift+tab", "question_mark")
        assert "Keys that work here" in read(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_a_long_row_is_looked_at_from_its_new_end(size):
    """It is told once which points count, a bar stands before them, and every mode is still in sight."""
    async with learner(fakes.study(), "f7", "ctrl+u", size=size) as pilot:
        await type_text(pilot, "0 - - - - -")
        await press(pilot, "tab", "tab", "backspace", "1")
        page = read(pilot)
        assert page.count("Of 6 points the newest 3 are looked at, N and 2 more: - - -.") == 1
        assert page.count("0 - - │ - - -") == 4
        states = [card.outcome.decision.state for card in pilot.app.screen.query(ModeCard)]
        assert states == ["INSUFFICIENT_DATA", "OK", "ALARM", "OK"]
        for card in pilot.app.screen.query(ModeCard):
            assert card.region.bottom < size[1], card.mode


async def test_a_click_chooses_a_mode():
    """The mouse can do what the keys can."""
    async with learner(fakes.study(), "f7") as pilot:
        [*_, last] = pilot.app.screen.query(ModeCard)
        await pilot.click(last)
        await pilot.pause()
        await pilot.click("#before")
        await pilot.pause()

        assert pilot.app.screen.trial.mode == "notBreaching"
        assert last.has_class("-chosen")
        assert pilot.app.screen.trial.before == "ALARM"


async def test_examples_go_round():
    """After the last example comes the first."""
    async with learner(fakes.study(), "f7") as pilot:
        await press(pilot, *["f6"] * len(EXAMPLES))

        assert pilot.app.screen.trial == EXAMPLES[0]


@pytest.mark.parametrize("keys", [("f7",), ("g", "f7")], ids=["home", "glossary"])
async def test_it_is_reached_and_left(keys):
    """One key leads there, Esc back."""
    async with learner(fakes.study(), *keys) as pilot:
        assert isinstance(pilot.app.screen, PlaygroundScreen)
        before = pilot.app.screen_stack[-2]
        await press(pilot, "escape")

        assert pilot.app.screen is before


async def test_the_palette_leads_there():
    """It can be found by typing part of its name."""
    async with learner(fakes.study(), "ctrl+p") as pilot:
        await type_text(pilot, "playg")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "enter", "enter")
        await pilot.pause()

        assert isinstance(pilot.app.screen, PlaygroundScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
async def test_one_can_go_on_where_one_quit(size):
    """Home offers it first, Enter leads there; once it was left by Esc, it is offered no more."""
    study = fakes.study(fakes.event("lesson-step", "canary", step=3, of=9))
    async with learner(study, "f7", "ctrl+q", size=size):
        pass
    async with learner(study, size=size) as pilot:
        assert "▶ Continue Alarm playground where you were last" in read(pilot)
        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, PlaygroundScreen)

        await press(pilot, "escape")

        assert "where you were last" not in read(pilot)
        assert "▶ Continue Canary" in read(pilot)


async def test_it_has_a_name():
    """The program can be opened there."""
    async with learner(fakes.study(), start="playground") as pilot:
        assert isinstance(pilot.app.screen, PlaygroundScreen)
