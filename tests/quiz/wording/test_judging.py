"""A sentence is right if it says every concept and claims nothing wrong; what cannot be told is left to the learner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.grading import grade, solution
from quiz.questions import Concept, ShortText
from quiz.shares import share, status
from quiz.verdict import Verdict, settled

BACK = ShortText(
    id="what-happens",
    stem="The alarm fires during the bake. What does SageMaker do?",
    explain="The update is undone.",
    answers=("It rolls back to the old fleet.",),
    concepts=(
        Concept(id="back", any=("roll back", "rollback", "return to the old/blue fleet/version"), say="Which way?"),
    ),
    wrong=(
        Concept(id="waits", any=("waits for an operator", "asks somebody"), say="Nobody is asked."),
        Concept(id="promotes", any=("promotes green",), say="Green is what made the alarm fire."),
    ),
)
TWO = ShortText(
    id="why-real",
    stem="Why bake?",
    explain="Some faults wait for traffic.",
    answers=("Live traffic brings out faults in time.",),
    concepts=(
        Concept(id="live", any=("live/real traffic", "real requests"), say="What do tests lack?"),
        Concept(id="faults", any=("fault", "failure"), say="What comes out then?"),
    ),
)


def judged(question: ShortText, text: str) -> str:
    """Return the verdict in a word."""
    return status(question, grade(question, text))


@pytest.mark.parametrize(
    "text",
    [
        "It rolls back.",
        "SageMaker rolled the update back.",  # a word in between
        "A rollback begins",
        "Traffic returns to the blue fleet.",
        "back it rolls",  # another order
        "It isn't promoted, it rolls back.",  # the negation ends at the comma
        "It does not only stop but rolls back",  # no negation
        "It cannot fail to roll back.",  # a double one
        "It never ends without a rollback.",
        "It does not promote green; it rolls back.",  # a negated claim is no claim
        "It rolls back instead of promoting green.",
        "It rolls back rather than asks somebody.",
        "It rolls back without waiting for an operator.",
        "ROLLING BACK!",
    ],
)
def test_a_concept_in_whatever_form_is_right(text: str) -> None:
    """Inflections, order and negations of something else do not matter."""
    assert judged(BACK, text) == "right"


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("It does not roll back.", "Which way?"),
        ("It never rolls back", "Which way?"),
        ("It no longer rolls back.", "Which way?"),
        ("It isn't rolled back.", "Which way?"),
        ("It doesn’t roll back", "Which way?"),  # a typographic apostrophe
        ("It wont roll back", "Which way?"),  # none at all
        ("It goes on without a rollback.", "Which way?"),
        ("It deletes green instead of rolling back.", "Which way?"),
        ("It goes on rather than roll back", "Which way?"),
        ("It fails to roll back.", "Which way?"),
        ("It goes on.", "Which way?"),
        ("It promotes green.", "Green is what made the alarm fire."),
        ("It rolls back and promotes green.", "Green is what made the alarm fire."),
        ("It rolls back once it has waited for the operator.", "Nobody is asked."),
        ("It cannot but, it never fails to promote green.", "Green is what made the alarm fire."),  # doubly negated
    ],
)
def test_a_negated_or_missing_concept_and_a_wrong_claim_are_wrong(text: str, say: str) -> None:
    """And what is wrong is said."""
    verdict = grade(BACK, text)

    assert (verdict.correct, verdict.unsure, verdict.say) == (False, False, say)


@pytest.mark.parametrize(
    "text",
    [
        "It rolls bakc to the old fleeet, so a rollbakc.",  # misspelt
        "It does not hesitate and rolls back.",  # behind `and`
        "No further request is taken, says the rollback is not.",  # denied behind
        "Not every update rolls back.",
        "It does not know whether to roll back.",  # far from the negation
        "It rolls back. It does not roll back.",
        "Everybody is moved home gently to where they came from before lunch, as it was on Monday.",  # other words
        "It rolls back. " + "And so on and so forth. " * 12,  # long
        "It rolls back, and alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron.",
        "It rolls back and does not quietly promote green.",  # a claim that may be negated
    ],
)
def test_what_cannot_be_told_is_left_to_the_learner(text: str) -> None:
    """Unsure is neither right nor wrong."""
    verdict = grade(BACK, text)

    assert (judged(BACK, text), verdict.correct, share(BACK, verdict)) == ("unsure", False, 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Live traffic shows faults.", "right"),
        ("Faults wait for real requests, not for tests", "right"),
        ("Real traffic.", "wrong"),  # one is missing
        ("live traffic faults", "unsure"),  # a list of words, and no sentence
        ("Real traffic brings surprises which nobody imagined beforehand.", "unsure"),  # the other may be meant
        (
            "Real people all over the world make traffic of another kind, and faults come.",
            "unsure",
        ),  # the words stand far apart
        ("Faults need weather.", "wrong"),
    ],
)
def test_every_concept_has_to_be_there(text: str, expected: str) -> None:
    """One of two is not enough, and much in other words is not judged."""
    assert judged(TWO, text) == expected


def test_the_model_answer_is_right_and_no_word_is_no_answer() -> None:
    """As for a word or a name."""
    assert grade(TWO, str(solution(TWO))).correct
    assert not grade(TWO, "...").valid
    assert "sentence" in grade(TWO, "...").say


def test_phrases_with_a_negation_of_their_own_are_found_as_they_stand() -> None:
    """Then the negation belongs to the concept, and has to come first."""
    question = ShortText(
        id="q",
        stem="?",
        explain="!",
        answers=("x",),
        concepts=(Concept(id="c", any=("isn't billed",), say="Who pays?"),),
    )

    assert judged(question, "It is not billed") == "right"
    assert judged(question, "It is billed") == "wrong"
    assert judged(question, "Billed it is, and not for long") != "right"


def test_the_learner_settles_what_is_unsure_and_nothing_else() -> None:
    """The verdict says that it was they."""
    unsure, wrong = grade(TWO, "live traffic faults"), grade(TWO, "Real traffic.")

    right = settled(unsure, True)
    assert (right.correct, right.unsure, right.by_learner) == (True, False, True)
    assert (settled(unsure, False).correct, settled(unsure, False).by_learner) == (False, True)
    assert settled(wrong, True) == wrong
    assert settled(unsure, None) == unsure


def test_a_verdict_that_is_unsure_is_nothing_else() -> None:
    """The wrong value cannot be built."""
    with pytest.raises(ValueError, match="neither right nor settled"):
        Verdict(correct=True, unsure=True, say="?")


COLOURS = ShortText(
    id="colours",
    stem="What is green?",
    explain="The new one.",
    answers=("Green is new.",),
    concepts=(Concept(id="new", any=("new",), say="Which one?"),),
    wrong=(Concept(id="swapped", any=("green old !new/blue", "blue new !old"), say="The other way round."),),
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Blue is old and green is new.", "right", id="each in its part"),
        pytest.param("Green is new, blue is old.", "right", id="another order"),
        pytest.param("The old one is blue, the new one green.", "right", id="the colour last"),
        pytest.param("Green is the new one next to the old one.", "right", id="both in one part"),
        pytest.param("Blue is new and green is old.", "wrong", id="swapped"),
        pytest.param("Green is old, blue new.", "wrong", id="swapped in another order"),
        pytest.param("Green is not old, it is new.", "right", id="denied"),
    ],
)
def test_what_is_said_of_each_of_two_things_is_told_apart(text, verdict):
    """`green old !new` stands in one part of a sentence, in which nothing is new."""
    assert judged(COLOURS, text) == verdict


PIECES = (
    "roll",
    "rolls",
    "back",
    "not",
    "never",
    "without",
    "instead of",
    "and",
    ",",
    ".",
    "but",
    "green",
    "promotes",
    "’",
    "/",
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_whatever_is_typed_is_judged_once_and_the_same_again(text):
    """And a negated concept alone is never right."""
    verdict = grade(BACK, text)

    assert verdict == grade(BACK, text)
    assert [verdict.correct, verdict.unsure, not verdict.valid].count(True) <= 1
    assert not grade(BACK, f"does not roll back {text}").correct or "roll" in text


def test_a_book_is_left_to_the_learner_at_once():
    """However much is pasted."""
    assert judged(BACK, "It rolls back. " * 20_000) == "unsure"
