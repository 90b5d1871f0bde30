"""What holds for every question of every kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.answers import parse_answer
from quiz.grading import grade, solution
from quiz.presentation import choices, right_order, shuffled
from quiz.questions import Item, Matching, Multiple, Numeric, Option, Ordering, Pair, ShortText, Single

IDS = st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True)
WORDS = st.text(alphabet="abcdef -", min_size=3).filter(lambda text: any(map(str.isalpha, text)))


@st.composite
def common(draw):
    """What every question has."""
    return {"id": draw(IDS), "stem": "?", "explain": "Because."}


@st.composite
def singles(draw):
    """Questions with one right option."""
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    key = draw(st.sampled_from(ids))
    options = tuple(Option(id=id, text=id, why="", correct=id == key) for id in ids)
    return Single(**draw(common()), options=options)


@st.composite
def multiples(draw):
    """Questions with some right options."""
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    key = draw(st.sets(st.sampled_from(ids), min_size=1))
    options = tuple(Option(id=id, text=id, why="", correct=id in key) for id in ids)
    return Multiple(**draw(common()), options=options)


@st.composite
def orderings(draw):
    """Questions with two to six items, and perhaps some that belong to no place."""
    ids = draw(st.lists(IDS, min_size=2, max_size=8, unique=True))
    cut = draw(st.integers(2, len(ids)))
    items = tuple(Item(id=id, text=id, why="") for id in ids[:cut])
    return Ordering(
        **draw(common()), items=items, distractors=tuple(Option(id=id, text=id, why="") for id in ids[cut:])
    )


@st.composite
def matchings(draw):
    """Questions with pairs, some of which may share an answer, and decoys."""
    ids = draw(st.lists(IDS, min_size=2, max_size=8, unique=True))
    cut = draw(st.integers(1, len(ids)))
    pairs = tuple(Pair(id=id, prompt=id, answer=draw(st.sampled_from("stuvwxyz")), why="") for id in ids[:cut])
    decoys = tuple(Option(id=id, text=f"not {id}", why="") for id in ids[cut:])
    return Matching(**draw(common()), pairs=pairs, decoys=decoys)


@st.composite
def numerics(draw):
    """Questions after any finite number."""
    number = st.floats(allow_nan=False, allow_infinity=False)
    unit = draw(st.sampled_from(["", "%", "ms", "requests"]))
    return Numeric(**draw(common()), value=draw(number), tolerance=draw(st.floats(0, 1e6)), unit=unit)


@st.composite
def short_texts(draw):
    """Questions after a word."""
    return ShortText(**draw(common()), answers=tuple(draw(st.lists(WORDS, min_size=1))))


QUESTIONS = st.one_of(singles(), multiples(), orderings(), matchings(), numerics(), short_texts())
ANSWERS = st.one_of(st.text(), st.lists(st.one_of(IDS, st.text())).map(tuple), st.dictionaries(st.text(), st.text()))


def typed(answer):
    """Spell an answer as on the command line."""
    if isinstance(answer, str):
        return answer
    return ",".join(f"{key}={value}" for key, value in answer.items()) if isinstance(answer, dict) else ",".join(answer)


@given(QUESTIONS)
def test_the_solution_is_right(question):
    """Every question has an answer, and it is graded right."""
    assert grade(question, solution(question)).correct


@given(QUESTIONS, ANSWERS)
def test_grading_never_raises(question, answer):
    """Any answer gets a sentence; one that is not valid is never right."""
    verdict = grade(question, answer)

    assert verdict.say
    assert verdict.valid or not verdict.correct


@given(QUESTIONS, st.text())
def test_typing_never_raises(question, text):
    """Whatever is typed can be graded."""
    assert grade(question, parse_answer(question, text)).say


@given(QUESTIONS)
def test_the_solution_can_be_typed(question):
    """The solution, spelled with ids, is read back as the solution."""
    assert parse_answer(question, typed(solution(question))) == solution(question)


@given(QUESTIONS, ANSWERS, st.integers())
def test_shuffling_changes_no_verdict(question, answer, seed):
    """However a question is shown, an answer is as right as before."""
    shown = shuffled(question, seed)

    for each in (answer, solution(question)):
        assert grade(shown, each).correct == grade(question, each).correct
        assert grade(shown, each).valid == grade(question, each).valid


@given(QUESTIONS, st.integers())
def test_a_seed_decides_the_order(question, seed):
    """Equal seeds show a question alike, and nothing is lost."""
    shown = shuffled(question, seed)

    assert shown == shuffled(question, seed)
    for entries in ("options", "items", "pairs"):
        assert set(getattr(shown, entries, ())) == set(getattr(question, entries, ()))


@given(orderings(), st.integers(), st.integers())
def test_an_ordering_is_never_shown_solved(question, seed, again):
    """Not even when it is shuffled a second time."""
    for shown in (shuffled(question, seed), shuffled(shuffled(question, seed), again)):
        assert tuple(item.id for item in shown.items) != right_order(question)
        assert right_order(shown) == right_order(question)


@given(matchings())
def test_each_answer_of_a_matching_is_offered_once(question):
    """All texts are there, none twice, and in an order that has nothing to do with the prompts."""
    texts = [choice.text for choice in choices(question)]

    assert set(texts) == {pair.answer for pair in question.pairs} | {decoy.text for decoy in question.decoys}
    assert texts == sorted(set(texts))


@given(matchings())
def test_a_matching_can_be_solved_with_what_is_offered(question):
    """For every prompt one of the answers offered is right."""
    offered = {choice.text: choice.id for choice in choices(question)}

    assert grade(question, {pair.id: offered[pair.answer] for pair in question.pairs}).correct


def test_one_seed_does_not_put_every_right_option_in_one_place():
    """The right option stands first in every file; shown under one seed it moves about."""
    options = tuple(Option(id=id, text=id, why="", correct=id == "a") for id in "abcd")
    questions = [Single(id=f"q{n}", stem="?", explain="", options=options) for n in range(40)]
    places = [shuffled(question, 7).options.index(options[0]) for question in questions]

    assert set(places) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("ids", "text", "answer"),
    [
        pytest.param("abc", "b", "b", id="an id"),
        pytest.param("abc", " B ", "b", id="in capitals"),
        pytest.param("abc", "2", "b", id="a place"),
        pytest.param("312", "3", "3", id="an id that is a number"),
        pytest.param("317", "2", "2", id="where ids are numbers there are no places"),
        pytest.param("abc", "4", "4", id="a place that is not there is left for grading"),
    ],
)
def test_typing_a_choice(ids, text, answer):
    """An option is named by its id or its place in the list."""
    options = tuple(Option(id=id, text=id, why="") for id in ids)

    assert parse_answer(Single(id="q", stem="?", explain="", options=options), text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("a,c", ("a", "c"), id="commas"),
        pytest.param("a c", ("a", "c"), id="spaces"),
        pytest.param("A ,  3", ("a", "c"), id="anything between, a place"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_typing_several(text, answer):
    """Several options are separated by commas or spaces."""
    options = tuple(Option(id=id, text=id, why="") for id in "abc")

    assert parse_answer(Multiple(id="q", stem="?", explain="", options=options), text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("x=y,y=x", {"x": "y", "y": "x"}, id="ids"),
        pytest.param("x = y; y = x", {"x": "y", "y": "x"}, id="spaces"),
        pytest.param("1=2 2=1", {"x": "x", "y": "y"}, id="places: the second answer in the list is that of x"),
        pytest.param("x=y,x=x", {"x": "y", "x=x": "x"}, id="twice is left for grading"),
        pytest.param("x", {"x": ""}, id="half a pair is left for grading"),
    ],
)
def test_typing_pairs(text, answer):
    """Pairs are typed as prompt=answer."""
    pairs = (Pair(id="x", prompt="X", answer="zebra", why=""), Pair(id="y", prompt="Y", answer="ape", why=""))
    question = Matching(id="q", stem="?", explain="", pairs=pairs)

    assert parse_answer(question, text) == answer
    assert grade(question, parse_answer(question, text)).valid == (set(answer) == {"x", "y"})
