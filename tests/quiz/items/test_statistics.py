"""What is worked out of answers, against figures by hand, other formulas, and what must hold of any answers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exams.score import Share
from quiz.items.discrimination import reliability
from quiz.items.response import first_ones
from quiz.items.statistics import statistics
from tests.quiz.items.answers import later, matrix, questions, response, single

TWENTY = [[1, 1, 1, 1]] * 6 + [[1, 1, 1, 0]] * 4 + [[0, 1, 0, 1]] * 4 + [[0, 0, 1, 0]] * 4 + [[1, 0, 0, 0]] * 2
"""Twenty learners and four items: the example of docs/item-statistics.md."""
TABLES = st.integers(4, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(0, 1), min_size=items, max_size=items).map(tuple), min_size=10, max_size=25
    )
)


def by_id(found):
    return {each.item: each for each in found}


def of(rows):
    return by_id(statistics(matrix(rows), questions(*(f"q{column}" for column in range(len(rows[0]))))))


def test_twenty_learners_by_hand():
    """Difficulty 12 of 20. Of the learners, the rest of q0 is 3/3 (six), 2/3 (eight), 1/3 (four), 0 (two); its mean is
    (6 + 8 * 2/3 + 4 * 1/3) / 20 = 19/30, its squares' mean (6 + 8 * 4/9 + 4 * 1/9) / 20 = 1/2, its variance
    1/2 - (19/30)^2 = 89/900. The twelve who are right have a mean of (6 + 4 * 2/3) / 12 = 13/18. So the correlation is
    (13/18 - 19/30) / sqrt(89/900) * sqrt(0.6 / 0.4) = 0.346. Of 27 % of 20, 5.4 learners, the upper ones are of the six
    who are right; the lower ones are the two with 0, right, and 3.4 of the four with 1/3, wrong: 1 - 2 / 5.4."""
    q0 = of(TWENTY)["q0"]

    assert q0.first == Share(12, 20)
    assert q0.discrimination.value == pytest.approx((13 / 18 - 19 / 30) / (89 / 900) ** 0.5 * (0.6 / 0.4) ** 0.5)
    assert q0.discrimination.value == pytest.approx(0.346, abs=0.001)
    assert q0.upper_lower.value == pytest.approx(1 - 2 / 5.4)


def test_reliability_of_the_twenty_by_hand():
    """The sums are 4 (six), 3 (four), 2 (four), 1 (six): their mean is 2.5, their variance
    (6 * 2.25 + 4 * .25 + 4 * .25 + 6 * 2.25) / 20 = 1.45. The shares are .6, .7, .7 and .5, so p q sums to
    .24 + .21 + .21 + .25 = .91, and 4/3 (1 - .91/1.45) = .497."""
    found = reliability(first_ones(matrix(TWENTY)))

    assert found.value == pytest.approx(4 / 3 * (1 - 0.91 / 1.45))
    assert found.value == pytest.approx(0.497, abs=0.001)


@settings(max_examples=50)
@given(rows=TABLES)
def test_discrimination_is_what_numpy_correlates(rows):
    """Where numpy has a correlation, it is the same; where it has none, the reason is given."""
    table = np.array(rows, dtype=float)
    for column, each in enumerate(of(rows)[f"q{column}"] for column in range(len(rows[0]))):
        item, rest = table[:, column], np.delete(table, column, axis=1).sum(axis=1)
        if item.std() and rest.std():
            assert each.discrimination.value == pytest.approx(np.corrcoef(item, rest)[0, 1], abs=1e-9)
        else:
            assert each.discrimination.value is None
            assert each.discrimination.why


@settings(max_examples=50)
@given(rows=TABLES)
def test_reliability_is_cronbachs_alpha(rows):
    """For items that are right or wrong, both are one; alpha is worked out from the covariances."""
    table = np.array(rows, dtype=float)
    found = reliability(first_ones(matrix(rows))).value
    covariance, count = np.cov(table.T, bias=True), table.shape[1]
    if table.sum(axis=1).std():
        assert found == pytest.approx(count / (count - 1) * (1 - np.trace(covariance) / covariance.sum()), abs=1e-9)
    else:
        assert found is None


@settings(max_examples=50)
@given(rows=TABLES, seed=st.integers(0, 99))
def test_names_and_order_do_not_matter(rows, seed):
    """Learners that are called otherwise, and answers that come in another order, change no figure."""
    chance, answers = Random(seed), matrix(rows)
    names = [str(number) for number in range(100, 100 + len(rows))]
    chance.shuffle(names)
    others = [replace(each, learner=names[int(each.learner)]) for each in answers]
    chance.shuffle(others)
    known = questions(*(f"q{column}" for column in range(len(rows[0]))))

    before, after = by_id(statistics(answers, known)), by_id(statistics(others, known))
    for id, each in before.items():
        assert after[id].upper_lower.value == pytest.approx(each.upper_lower.value)
        assert [row.count for row in after[id].drawn] == [row.count for row in each.drawn]
        assert after[id].first == each.first
        assert after[id].discrimination.value == pytest.approx(each.discrimination.value)


@settings(max_examples=50)
@given(rows=TABLES, right=st.booleans())
def test_an_item_that_is_the_same_for_all_discriminates_nobody(rows, right):
    """It has no variance, and says so."""
    found = of([(right, *row) for row in rows])["q0"].discrimination

    assert found.value is None
    assert found.why == f"all of them answered it {'right' if right else 'wrong'}"


def test_few_learners_tell_nothing():
    """With nine of them the figures are missing, with the reason."""
    found = of(TWENTY[:9])["q0"]

    assert found.discrimination.value is None
    assert found.upper_lower.why == "9 of at least 10 learners have answered it and enough others"
    assert {row.upper for row in found.drawn} == {None}


def test_only_first_answers_count():
    """Later ones tell what was learned; at one moment the first try is the first one; a hint is help."""
    answers = [
        response("q0", "ada", correct=False, at=later(0)),
        response("q0", "ada", at=later(1)),
        response("q0", "bob", at=later(5), tries=2),
        response("q0", "bob", correct=False, at=later(5), tries=1),
        response("q0", "eve", hints=1),
        response("q0", "kim"),
    ]
    [found] = statistics(answers, questions("q0"))

    assert (found.first, found.answers, found.hints, found.hinted) == (Share(1, 4), 6, 0.25, 0.25)


def test_unknown_items_make_nobody_strong():
    """A learner who made up a hundred right answers stands where they stood."""
    invented = [response(f"made-up-{number}", 19) for number in range(100)]

    assert statistics([*matrix(TWENTY), *invented], questions("q0", "q1", "q2", "q3")) == statistics(
        matrix(TWENTY), questions("q0", "q1", "q2", "q3")
    )


def test_quartiles_of_times():
    """Of 10, 20, 30, 40 and 50 seconds half lie from 20 to 40; those that nobody wrote down are left out."""
    seconds = [None, 50.0, 10.0, 30.0, 20.0, 40.0]
    [found] = statistics([response("q", number, seconds=each) for number, each in enumerate(seconds)], questions("q"))

    assert (found.times.count, found.times.first_quartile, found.times.median, found.times.third_quartile) == (
        5,
        20.0,
        30.0,
        40.0,
    )


def test_an_option_and_whom_it_draws():
    """Of thirty learners the strongest ten are right elsewhere and choose `c`, the weakest ten `a`, the others `b`."""
    rows = [[1, 1, 1]] * 10 + [[1, 1, 0]] * 10 + [[0, 0, 0]] * 10
    chosen = ["c"] * 10 + ["b"] * 10 + ["a"] * 10
    answers = matrix(rows, ["x", "y", "z"])
    answers += [response("q", n, correct=each == "a", answer=each) for n, each in enumerate(chosen)]
    found = by_id(statistics(answers, questions("q", "x", "y", "z")))["q"]

    assert [(row.id, row.key, row.count, row.upper, row.lower) for row in found.drawn] == [
        ("a", True, 10, 0.0, 1.0),
        ("b", False, 10, 0.0, 0.0),
        ("c", False, 10, 1.0, 0.0),
        ("d", False, 0, 0.0, 0.0),
    ]


def test_who_ties_belongs_in_part():
    """All are equally strong, but for one: the upper third of ten is that one, and 2 1/3 of the other nine."""
    rows = [[1, 1, 1]] + [[1, 1, 0]] * 9
    answers = matrix(rows, ["x", "y", "z"]) + [response("q", n, correct=n > 0) for n in range(10)]
    found = by_id(statistics(answers, questions("q", "x", "y", "z")))["q"]

    assert found.drawn[1].upper == pytest.approx(1 / (10 / 3))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (18, "revision 1: 10 of 20 right, revision 2: 18 of 20; it became easier (p = 0.006)"),
        (12, "revision 1: 10 of 20 right, revision 2: 12 of 20; chance alone explains the difference (p = 0.53)"),
        (2, "revision 1: 10 of 20 right, revision 2: 2 of 20; it became harder (p = 0.006)"),
    ],
)
def test_revisions_compared(now, said):
    """The figures are those of the question as it is; z of 18 against 10 of 20 is .4 / sqrt(.7 .3 / 10) = 2.76."""
    answers = [response("q", n, correct=n < 10) for n in range(20)]
    answers += [response("q", 20 + n, correct=n < now, revision=2) for n in range(20)]
    [found] = statistics(answers, {"q": single("q", revision=2)})

    assert (found.revision, found.first, found.changed) == (2, Share(now, 20), said)
    assert [each.revision for each in found.revisions] == [1, 2]


def test_an_invented_revision_does_not_hide_the_others():
    """Somebody says that they answered revision 4,000,000,000."""
    answers = [response("q", n) for n in range(5)] + [response("q", 9, revision=4_000_000_000)]
    [found] = statistics(answers, questions("q"))

    assert (found.revision, found.first.of) == (1, 5)
