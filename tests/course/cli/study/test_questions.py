"""`mlcourse quiz list`, `ask` and `answer`: questions for programs."""

from __future__ import annotations

import json

import pytest

from course import wiring
from course.content.packs import built_in_pack, open_packs
from quiz.grading import solution
from quiz.presentation import choices, laid_out, posed, right_order
from quiz.questions import Matching, Multiple, Ordering, Single


@pytest.fixture(scope="module")
def packs():
    return open_packs([built_in_pack()])[0]


def typed(question):
    """The right answer in numbers, as somebody finds them who sees the question."""
    match question:
        case Single() | Multiple():
            return ",".join(str(at) for at, each in enumerate(question.options, 1) if each.correct)
        case Ordering():
            shown = [each.id for each in laid_out(question)]
            return ",".join(str(shown.index(id) + 1) for id in question.order)
        case Matching():
            partners = [choice.text for choice in choices(question)]
            pairs = enumerate(question.pairs, 1)
            return ",".join(f"{at}={partners.index(pair.answer) + 1}" for at, pair in pairs)
    return solution(question)


def test_all_questions_are_listed(mlcourse, packs):
    """With what is needed to choose among them."""
    listed = mlcourse("quiz", "list", "--json").json

    assert [each["id"] for each in listed] == [card.id for card in packs.question_cards()]
    assert all(each["title"] and each["lesson"] and each["revision"] >= 1 for each in listed)
    assert {"kind", "objectives", "level", "computed", "hints"} <= listed[0].keys()


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching", "numeric", "short-text"])
def test_what_is_asked_can_be_answered_by_its_places(mlcourse, packs, kind):
    """Of each kind, and the question tells neither key nor reason."""
    id = next((card.id for card in packs.question_cards() if card.kind == kind), None)
    if id is None:
        pytest.skip(f"the built-in pack has no {kind} question")
    question = posed(packs.question(id), 7)
    asked = mlcourse("quiz", "ask", id, "--seed", "7", "--json")
    told = mlcourse("quiz", "answer", id, "--seed", "7", "--json", "--", typed(question))

    assert (told.code, told.json["status"], told.json["score"]) == (0, "right", 1.0)
    assert not {"explain", "accepts", "rejects", "value", "answers", "order"} & asked.json.keys()
    for list_ in ("options", "items", "prompts", "choices"):
        assert all(part.keys() == {"place", "id", "text"} for part in asked.json.get(list_, []))
    if isinstance(question, Matching):
        assert not {each["id"] for each in asked.json["choices"]} & {pair.id for pair in question.pairs}


def test_the_ids_of_a_computed_question_tell_nothing(packs):
    """Its texts are figures, so an id could only say which one is right; and `quiz ask` shows ids. They are letters,
    and those of an order are not in that order."""
    computed = [packs.question(card.id) for card in packs.question_cards() if card.computed]
    options = [option.id for each in computed if isinstance(each, Single | Multiple) for option in each.options]
    orders = [list(right_order(each)) for each in computed if isinstance(each, Ordering)]

    assert options
    assert set(options) <= set("abcdefgh")
    assert orders
    assert all(sorted(order) not in (order, order[::-1]) and set(order) <= set("abcdefgh") for order in orders)


def test_a_wrong_answer_and_none_have_their_exit_codes(mlcourse, packs):
    """1 and 2, and JSON in both cases."""
    question = next(packs.question(card.id) for card in packs.question_cards() if card.kind == "single")
    wrong = next(option.id for option in question.options if not option.correct)
    judged = mlcourse("quiz", "answer", question.id, wrong, "--json")
    refused = mlcourse("quiz", "answer", question.id, "a,b,c", "--json")

    assert (judged.code, judged.json["status"]) == (1, "wrong")
    assert [part["id"] for part in judged.json["parts"] if part["chosen"]] == [wrong]
    assert judged.json["parts"][0].keys() == {"id", "text", "chosen", "right", "correct", "why"}
    assert (refused.code, refused.json["status"], refused.json["parts"]) == (2, "invalid", [])
    assert mlcourse("quiz", "answer", question.id, "nonsense").err.startswith("There is no option")


def test_an_unknown_question_suggests_the_nearest(mlcourse, packs):
    """Whatever is asked of it."""
    id = packs.question_cards()[0].id
    for command in (("ask", id + "x"), ("answer", id + "x", "1")):
        run = mlcourse("quiz", *command, "--json")

        assert (run.code, run.out) == (2, "")
        assert f"did you mean {id}?" in run.err


def test_nothing_is_recorded_unless_it_is_asked_for(mlcourse, packs, home):
    """And then it counts like an answer on the screen."""
    id = next(card.id for card in packs.question_cards() if card.kind == "single")
    mlcourse("quiz", "answer", id, "1")
    before = mlcourse("progress", "--json").json
    mlcourse("quiz", "answer", id, "1", "--record", "--seed", "3")
    history = wiring.journal(wiring.Places(home, ()))
    [event] = history.events()
    history.close()

    assert id not in json.dumps(before)
    assert (event.kind, event.subject, event.data["seed"], event.data["where"]) == ("answered", id, 3, "practice")
