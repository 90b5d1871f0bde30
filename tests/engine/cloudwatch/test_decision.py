"""How an alarm decides, row by row of AWS's tables and for every row there is."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.decision import Rule, decide, parse_row
from engine.requests.cloudwatch import AlarmState, TreatMissingData

STATES = get_args(AlarmState)
MODES = get_args(TreatMissingData)
KEEP = "keep"


def decided(row, n, m, treat, previous="OK", **more):
    """Return the decision for a row written as in AWS's tables."""
    points = parse_row(row) if isinstance(row, str) else row
    return decide(
        points,
        evaluation_periods=n,
        datapoints_to_alarm=m,
        treat_missing_data=treat,
        previous=previous,
        **more,
    )


# Spec cloudwatch 2, table 1: row, points to fill, then missing, ignore, breaching, notBreaching.
THREE_OF_THREE = [
    ("0 - X - X", 0, "OK", "OK", "OK", "OK"),
    ("0 - - - -", 2, "OK", "OK", "OK", "OK"),
    ("- - - - -", 3, "INSUFFICIENT_DATA", KEEP, "ALARM", "OK"),
    ("0 X X - X", 0, "ALARM", "ALARM", "ALARM", "ALARM"),
    ("- - X - -", 2, "ALARM", KEEP, "ALARM", "OK"),
]


@pytest.mark.parametrize("previous", STATES)
@pytest.mark.parametrize("row, fill, missing, ignore, breaching, not_breaching", THREE_OF_THREE, ids=lambda v: str(v))
def test_three_of_three(row, fill, missing, ignore, breaching, not_breaching, previous):
    """Every row of AWS's table for 3 of 3 (spec cloudwatch 2, table 1; sagemaker 6.2), from every state."""
    expected = dict(zip(MODES, (missing, ignore, breaching, not_breaching), strict=True))

    for treat, state in expected.items():
        decision = decided(row, 3, 3, treat, previous)
        assert decision.state == (previous if state == KEEP else state), treat
        assert decision.filled == fill


# Further rows that AWS prints or states; row, n, m, then missing, ignore, breaching, notBreaching.
FURTHER_ROWS = [
    pytest.param("0 0 X 0 X", 3, 2, "ALARM", "ALARM", "ALARM", "ALARM", id="sagemaker 6.2, 2 of 3"),
    pytest.param("- - X - -", 3, 2, "ALARM", KEEP, "ALARM", "OK", id="Lightsail graph J"),
]


@pytest.mark.parametrize("previous", STATES)
@pytest.mark.parametrize("row, n, m, missing, ignore, breaching, not_breaching", FURTHER_ROWS)
def test_m_of_n(row, n, m, missing, ignore, breaching, not_breaching, previous):
    """M out of N obeys the same rules (spec cloudwatch 2 and spec sagemaker 6.2)."""
    expected = dict(zip(MODES, (missing, ignore, breaching, not_breaching), strict=True))

    for treat, state in expected.items():
        assert decided(row, n, m, treat, previous).state == (previous if state == KEEP else state), treat


@pytest.mark.parametrize("row", ["- - - - X", "- - - X -", "- - - X 0", "- - X - 0"])
@pytest.mark.parametrize("treat", ["missing", "ignore"])
@pytest.mark.parametrize("previous", ["OK", "INSUFFICIENT_DATA"])
def test_not_yet_alarm(row, treat, previous):
    """A breach that a good point may follow, or has followed, is no alarm (spec cloudwatch 2, premature)."""
    assert decided(row, 3, 3, treat, previous).state != "ALARM"


@pytest.mark.parametrize("too_recent", ["OK", "INSUFFICIENT_DATA"])
def test_too_recent_is_a_choice(too_recent):
    """What a too recent breach means is not published: the caller chooses (spec cloudwatch 2)."""
    decision = decided("- - - - X", 3, 3, "missing", "ALARM", too_recent=too_recent)

    assert (decision.state, decision.rule) == (too_recent, "too-recent")


def test_the_good_point_leaves_the_range():
    """With breaching, one evaluation later the silence is an alarm (spec cloudwatch 2, below table 1)."""
    assert decided("0 - - - -", 3, 3, "breaching").state == "OK"
    assert decided("- - - - -", 3, 3, "breaching").state == "ALARM"


def test_figure_alarm_graph():
    """Spec cloudwatch 1: three breaches in a row alarm, a good point clears, one breach does nothing."""
    values = [2, 2, 4, 5, 4, 2, 2, 2, 5, 2, 2]
    states = {}
    state = "OK"
    for end in range(3, len(values) + 1):
        row = tuple(value > 3 for value in values[max(end - 5, 0) : end])
        state = states[end] = decided(row, 3, 3, "missing", state).state

    assert states == {3: "OK", 4: "OK", 5: "ALARM", 6: "OK", 7: "OK", 8: "OK", 9: "OK", 10: "OK", 11: "OK"}


@pytest.mark.parametrize(
    "row, treat, rule, decided_by",
    [
        ("0 X X - X", "breaching", "enough-data", (1, 2, 4)),
        ("X 0 0 0 X", "missing", "enough-data", (2, 3, 4)),
        ("0 - - - X", "breaching", "filled", (0, 4)),
        ("0 - - - X", "notBreaching", "filled", (0, 4)),
        ("0 - - - X", "missing", "good-seen", (0, 4)),
        ("- - - - -", "ignore", "no-data", ()),
        ("- - X - -", "missing", "premature", (2,)),
        ("- - - X -", "missing", "too-recent", (3,)),
    ],
)
def test_the_decision_explains_itself(row, treat, rule, decided_by):
    """A decision names its rule and the real points it rests on."""
    decision = decided(row, 3, 3, treat)

    assert (decision.rule, decision.decided_by, decision.premature) == (rule, decided_by, rule == "premature")


def test_enough_breaching_points_need_no_others():
    """M real breaches alarm although points are missing and one is good, whatever fills the rest."""
    for treat in MODES:
        assert decided("- X 0 X -", 4, 2, treat).state == "ALARM"
    assert decided("- X 0 X -", 4, 2, "missing").rule == "enough-breaching"


points = st.sampled_from([False, True, None])
modes = st.sampled_from(MODES)
states = st.sampled_from(STATES)


@st.composite
def situations(draw, point=points):
    """Draw a row and the settings of an alarm that can look at it."""
    n = draw(st.integers(1, 8))
    row = draw(st.lists(point, min_size=n, max_size=n + 4))
    return row, n, draw(st.integers(1, n)), draw(modes), draw(states)


@given(situations(point=st.booleans()), st.data())
def test_complete_data_needs_no_mode(situation, data):
    """Without gaps only the newest N points count, neither TreatMissingData nor the previous state."""
    row, n, m, treat, previous = situation
    other = data.draw(st.lists(st.booleans(), min_size=len(row) - n, max_size=len(row) - n)) + row[len(row) - n :]

    assert decided(row, n, m, treat, previous).state == decided(other, n, m, "missing", "OK").state
    assert (decided(row, n, m, treat, previous).state == "ALARM") == (sum(row[-n:]) >= m)


@given(situations(), st.data())
def test_a_breach_never_calms(situation, data):
    """Where there was an alarm, a good point that turns into a breach leaves an alarm."""
    row, n, m, treat, previous = situation
    before = decided(row, n, m, treat, previous).state
    good = [place for place, breaches in enumerate(row) if breaches is False]
    if not good or before != "ALARM":
        return
    worse = list(row)
    worse[data.draw(st.sampled_from(good))] = True

    assert decided(worse, n, m, treat, previous).state == "ALARM"


@given(situations())
def test_every_decision_is_one_of_the_known_words(situation):
    """State and rule come from their vocabularies, and filled and real points never exceed N together."""
    row, n, m, treat, previous = situation
    decision = decided(row, n, m, treat, previous)

    assert decision.state in STATES
    assert decision.rule in get_args(Rule)
    assert len(decision.decided_by) + decision.filled == n


@given(situations())
def test_not_breaching_is_the_calmest_and_breaching_the_strictest(situation):
    """An alarm under notBreaching is one under every mode; one under missing is one under breaching."""
    row, n, m, _, previous = situation
    state = {treat: decided(row, n, m, treat, previous).state for treat in MODES}

    if state["notBreaching"] == "ALARM":
        assert set(state.values()) == {"ALARM"}
    if state["missing"] == "ALARM":
        assert state["breaching"] == "ALARM"


@pytest.mark.parametrize("text", ["0 - X - X", "0-X-X", "o - x - X", " 0  -\tX - X "])
def test_rows_are_read_as_printed(text):
    """Spaces and case do not matter, and O is a good point as in AWS's prose."""
    assert parse_row(text) == (False, None, True, None, True)


@pytest.mark.parametrize(
    "text, say",
    [("0 ? X", r"'\?' in '0 \? X': write 0 for good"), ("  ", "no points: write 0"), ("1 0", "'1'")],
)
def test_rubbish_rows_get_a_remedy(text, say):
    """A row with other marks is refused with what to write instead."""
    with pytest.raises(ValueError, match=say):
        parse_row(text)


@pytest.mark.parametrize(
    "row, n, m, say",
    [("0 X", 3, 3, "at least 3 points"), ("0 X X", 3, 4, "between 1 and the 3"), ("0", 1, 0, "got 0")],
)
def test_impossible_settings_are_refused(row, n, m, say):
    """M must lie within 1 and N, and the range must hold N points."""
    with pytest.raises(ValueError, match=say):
        decided(row, n, m, "missing")
