"""Each reason to suspect an item, in a class that gives it, and in one that does not."""

from __future__ import annotations

import pytest

from quiz.items.statistics import statistics
from tests.quiz.items.answers import matrix, questions, response

OTHERS = [[1, 1, 1]] * 10 + [[1, 1, 0]] * 10 + [[0, 0, 0]] * 10
"""Ten strong learners, ten of the middle, ten weak ones."""


def suspected(chosen, **more):
    """Return the reasons against a question of which these options were chosen, by the strongest learners first."""
    answers = matrix(OTHERS, ["x", "y", "z"])
    answers += [response("q", n, correct=each == "a", answer=each, **more) for n, each in enumerate(chosen)]
    found = {each.item: each for each in statistics(answers, questions("q", "x", "y", "z"))}
    return {reason.what: reason for reason in found["q"].reasons}


GOOD = "a" * 10 + "aaaaabcbcd" + "abcdbcdbcd"
"""The strong are right, the weak choose one or the other."""


def test_nothing_is_said_against_a_good_item():
    assert suspected(GOOD) == {}


@pytest.mark.parametrize(
    ("chosen", "what", "severity"),
    [
        ("c" * 10 + "aaaaabcbcd" + "abcdbcdaaa", "key", 3),
        ("b" * 5 + "c" * 5 + "abcdabcdab" + "a" * 10, "negative", 3),
        ("a" * 7 + "ccc" + "aaaaabcbcd" + "abddbbdbbd", "draws-the-strong", 2),
        ("aab" + "c" * 7 + "bbbbbbbbbb" + "ddddddbbbb", "hard", 2),
        ("a" * 29 + "b", "easy", 1),
        (GOOD.replace("d", "c"), "dead-option", 1),
        ("aaaaabcdbc" * 3, "little", 1),  # no correlation at all
    ],
)
def test_what_was_chosen_makes_an_item_suspicious(chosen, what, severity):
    assert suspected(chosen)[what].severity == severity


def test_chance_alone_proves_nothing_wrong():
    """Two of thirty learners more on one side: that is worth a thought, and no more."""
    assert suspected("aaaaabcdbc" + "aaaaabcdbc" + "aaaaaabcdd")["little"].severity == 1


def test_the_words_say_what_was_chosen_by_whom():
    assert suspected("c" * 10 + "aaaaabcbcd" + "abcdbcdaaa")["key"].say == (
        "the key may be wrong: of the stronger third 100 % chose option c, and 0 % the key"
    )


def test_a_hint_that_is_always_taken():
    assert suspected(GOOD, hints=1)["hints"].say.startswith("100 % take a hint first")


def test_a_time_out_of_line():
    """The others take ten seconds, this one a minute: six times as long. In the other direction, it is not read."""
    answers = [response(item, n, n % 2 == 0, seconds=10.0) for item in "xyz" for n in range(12)]
    slow = [response("q", n, n % 2 == 0, seconds=60.0) for n in range(12)]
    fast = [response("q", n, n % 2 == 0, seconds=2.0) for n in range(12)]

    for those, what in ((slow, "slow"), (fast, "fast")):
        found = {each.item: each for each in statistics([*answers, *those], questions("q", "x", "y", "z"))}
        assert what in {reason.what for reason in found["q"].reasons}
        assert not {"slow", "fast"} & {reason.what for reason in found["x"].reasons}


def test_a_report_is_a_reason():
    [found] = statistics([response("q", 1)], questions("q"), {"q": 2})

    assert [(reason.what, reason.say) for reason in found.reasons] == [("reported", "learners reported it: 2")]


def test_the_worst_comes_first():
    """By the worst reason, then by how many there are, then by id."""
    answers = matrix(OTHERS, ["x", "y", "z"])
    answers += [response("bad", n, correct=n >= 20, answer="a" if n >= 20 else "c") for n in range(30)]
    answers += [response("easy", n) for n in range(30)]
    found = statistics(answers, questions("bad", "easy", "x", "y", "z"))

    assert [each.item for each in found][:2] == ["bad", "easy"]
    assert [each.severity for each in found] == sorted((each.severity for each in found), reverse=True)


def test_few_learners_accuse_nobody():
    """Three who are all wrong prove nothing against an item."""
    [found] = statistics([response("q", n, correct=False) for n in range(3)], questions("q"))

    assert found.reasons == ()
