"""What each kind of question makes of an answer."""

from __future__ import annotations

import pytest

from quiz.grading import grade, solution
from quiz.questions import Item, Matching, Multiple, Numeric, Option, Ordering, Pair, ShortText, Single, Slip
from quiz.verdict import Verdict

OPTIONS = (
    Option(id="a", text="WaitIntervalInSeconds", why="It is the wait between two shifts.", correct=True),
    Option(id="b", text="TerminationWaitInSeconds", why="It keeps the old fleet."),
    Option(id="c", text="MaximumExecutionTimeoutInSeconds", why="It bounds the whole update.", correct=True),
    Option(id="d", text="Threshold", why="It belongs to an alarm."),
)
COMMON = {"id": "q", "stem": "?", "explain": "Because."}
ONE = Single(**COMMON, options=OPTIONS[:2])
SEVERAL = Multiple(**COMMON, options=OPTIONS)
ORDER = Ordering(
    **COMMON,
    items=tuple(Item(id=id, text=id.upper(), why=f"{id} stands here.") for id in ("up", "shift", "bake")),
)
PAIRS = Matching(
    **COMMON,
    pairs=(
        Pair(id="blue", prompt="Blue fleet", answer="serves the old version", why="Blue is before."),
        Pair(id="green", prompt="Green fleet", answer="serves the new version", why="Green is after."),
        Pair(id="new", prompt="Challenger", answer="serves the new version", why="It challenges."),
    ),
    decoys=(Option(id="shadow", text="answers nobody", why="That is a shadow variant."),),
)
NUMBER = Numeric(**COMMON, value=0.3, tolerance=0.1, unit="s", slips=(Slip(answer="300", why="Those are ms."),))
WORD = ShortText(
    **COMMON, answers=("blue/green", "B/G"), slips=(Slip(answer="canary", why="A canary is one way of it."),)
)
RIGHT_PAIRS = {"blue": "blue", "green": "green", "new": "new"}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param(ONE, "a", id="single"),
        pytest.param(ONE, ("a",), id="single, given as a list"),
        pytest.param(SEVERAL, ("a", "c"), id="multiple"),
        pytest.param(SEVERAL, ("c", "a"), id="multiple in any order"),
        pytest.param(SEVERAL, ("c", "a", "a"), id="multiple, one said twice"),
        pytest.param(ORDER, ("up", "shift", "bake"), id="ordering"),
        pytest.param(PAIRS, RIGHT_PAIRS, id="matching"),
        pytest.param(PAIRS, RIGHT_PAIRS | {"new": "green", "green": "new"}, id="equal answers are one answer"),
        pytest.param(NUMBER, "0.3", id="numeric"),
        pytest.param(NUMBER, "0.4", id="numeric at the upper edge of the tolerance"),
        pytest.param(NUMBER, "0.2 s", id="numeric at the lower edge"),
        pytest.param(WORD, "blue/green", id="short text"),
        pytest.param(WORD, " Blue-Green. ", id="short text with other punctuation"),
        pytest.param(WORD, "BLUE GREEN", id="short text in capitals"),
        pytest.param(WORD, "bg", id="short text, another answer"),
        pytest.param(WORD, "blüe green", id="short text with an accent"),
    ],
)
def test_right(question, answer):
    """These answers are right."""
    verdict = grade(question, answer)

    assert verdict.correct
    assert verdict.valid
    assert verdict.say == "Right."


@pytest.mark.parametrize(
    ("question", "answer", "say"),
    [
        pytest.param(ONE, "b", "Not this one.", id="single"),
        pytest.param(SEVERAL, ("a",), "1 right, 0 wrong, 1 missing.", id="multiple, too few: no part marks"),
        pytest.param(SEVERAL, ("a", "b", "c"), "2 right, 1 wrong, 0 missing.", id="multiple, too many"),
        pytest.param(ORDER, ("up", "bake", "shift"), "1 of 3 stand in their place.", id="ordering"),
        pytest.param(PAIRS, RIGHT_PAIRS | {"new": "shadow"}, "2 of 3 pairs are right.", id="matching"),
        pytest.param(NUMBER, "0.41", "No, it is not 0.41 s.", id="numeric past the edge"),
        pytest.param(NUMBER, "1,234", "No, it is not 1234 s.", id="numeric, says what it read"),
        pytest.param(NUMBER, "300 s", "Those are ms.", id="numeric slip"),
        pytest.param(NUMBER, "3e2", "Those are ms.", id="numeric slip, written otherwise"),
        pytest.param(WORD, "rolling", "No, that is not it.", id="short text"),
        pytest.param(WORD, "Canary!", "A canary is one way of it.", id="short text slip"),
    ],
)
def test_wrong(question, answer, say):
    """A wrong answer is a value, and says what it can without giving the solution away."""
    verdict = grade(question, answer)

    assert (verdict.correct, verdict.valid, verdict.say) == (False, True, say)


@pytest.mark.parametrize(
    ("question", "answer", "say"),
    [
        pytest.param(ONE, "z", "There is no option 'z' among the 2.", id="single, unknown"),
        pytest.param(ONE, "", "There is no option '' among the 2.", id="single, empty"),
        pytest.param(ONE, ("a", "b"), "Choose one of the 2 options.", id="single, two"),
        pytest.param(ONE, {"a": "b"}, "Choose one of the 2 options.", id="single, a mapping"),
        pytest.param(SEVERAL, (), "Choose at least one of the 4 options.", id="multiple, none"),
        pytest.param(
            SEVERAL,
            ("a", "\x1b[2J"),
            "There is no option '\\x1b[2J' among the 4.",
            id="escape codes",
        ),
        pytest.param(ORDER, ("up", "shift"), "Put all 3 in order, each once.", id="ordering, incomplete"),
        pytest.param(ORDER, ("up", "shift", "shift"), "Put all 3 in order, each once.", id="ordering, twice"),
        pytest.param(ORDER, "up", "Put all 3 in order, each once.", id="ordering, one"),
        pytest.param(PAIRS, {"blue": "blue"}, "Give an answer to green, new too.", id="matching, incomplete"),
        pytest.param(PAIRS, "blue", "Give an answer to blue, green, new too.", id="matching, no mapping"),
        pytest.param(PAIRS, {"red": "blue"}, "There is no prompt 'red'.", id="matching, unknown prompt"),
        pytest.param(PAIRS, {"blue": "red"}, "There is no answer 'red'.", id="matching, unknown answer"),
        pytest.param(NUMBER, "five", "Give a number in s, such as 12 or 0.5.", id="numeric, a word"),
        pytest.param(NUMBER, "nan", "Give a number in s, such as 12 or 0.5.", id="numeric, NaN"),
        pytest.param(NUMBER, ("1", "2"), "Give a number in s, such as 12 or 0.5.", id="numeric, two"),
        pytest.param(WORD, "  ", "Write a word or a name.", id="short text, blank"),
        pytest.param(WORD, "???", "Write a word or a name.", id="short text, only signs"),
    ],
)
def test_malformed(question, answer, say):
    """What is no answer costs no attempt, and is told what an answer looks like."""
    assert grade(question, answer) == Verdict(correct=False, valid=False, say=say)


def test_every_option_gets_feedback():
    """A choice tells about every option whether leaving or ticking it was right, and why."""
    details = grade(SEVERAL, ("a", "b")).details

    assert [(detail.id, detail.chosen, detail.correct, detail.right) for detail in details] == [
        ("a", True, True, True),
        ("b", True, False, False),
        ("c", False, True, False),
        ("d", False, False, True),
    ]
    assert [detail.why for detail in details] == [option.why for option in OPTIONS]


def test_an_ordering_tells_which_places_are_right():
    """Its details stand in the order that the learner gave."""
    details = grade(ORDER, ("up", "bake", "shift")).details

    assert [(detail.id, detail.right) for detail in details] == [
        ("up", True),
        ("bake", False),
        ("shift", False),
    ]
    assert [detail.why for detail in details] == [
        "up stands here.",
        "bake stands here.",
        "shift stands here.",
    ]


def test_a_matching_tells_about_pairs_and_decoys():
    """Every pair says whether it is right, and every decoy whether it was rightly left."""
    details = grade(PAIRS, {"blue": "blue", "green": "blue", "new": "shadow"}).details

    assert [(detail.id, detail.chosen, detail.right) for detail in details] == [
        ("blue", True, True),
        ("green", True, False),
        ("new", True, False),
        ("shadow", True, False),
    ]


def test_signs_can_be_the_answer():
    """A word that has no letters is compared by its signs."""
    question = ShortText(**COMMON, answers=(">=",))

    assert grade(question, " >= ").correct
    assert not grade(question, "<=").correct


def test_a_slip_of_spelling_is_told_where_it_is_typed_to_the_letter():
    """Signs and capitals do not matter, unless they are what was asked for."""
    slips = (Slip(answer="--EndpointName", why="That is the API's."),)
    question = ShortText(**COMMON, answers=("--endpoint-name",), slips=slips)

    assert [grade(question, text).correct for text in ("--endpoint-name", "endpoint name", "EndpointName")] == [
        True
    ] * 3
    assert grade(question, " --EndpointName ").say == "That is the API's."


def test_a_slip_never_spoils_a_right_answer():
    """Within the tolerance an answer is right even if it is listed as a slip."""
    question = Numeric(**COMMON, value=5, tolerance=1, slips=(Slip(answer="6", why="Off by one."),))

    assert grade(question, "6").correct


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param(ONE, "a", id="single"),
        pytest.param(SEVERAL, ("a", "c"), id="multiple"),
        pytest.param(ORDER, ("up", "shift", "bake"), id="ordering"),
        pytest.param(PAIRS, RIGHT_PAIRS, id="matching"),
        pytest.param(NUMBER, "0.3", id="numeric"),
        pytest.param(WORD, "blue/green", id="short text"),
    ],
)
def test_solution(question, answer):
    """The solution is an answer like a learner's."""
    assert solution(question) == answer


def test_a_verdict_is_not_both_right_and_malformed():
    """Such a verdict cannot be built."""
    with pytest.raises(ValueError, match="not valid cannot be right"):
        Verdict(correct=True, valid=False, say="")
