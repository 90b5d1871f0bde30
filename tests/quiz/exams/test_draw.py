"""The draw of an exam: its weights, its chance, and what it does when the bank is short of something."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exams.draw import apportioned, draw
from quiz.exams.profile import Domain, Kind, Profile, Task
from quiz.questions import Question

OBJECTIVES = {"1": ("1.1", "1.2"), "2": ("2.3",), "3": ("3.1", "3.3"), "4": ("4.1", "4.2")}
DOMAINS = tuple(
    Domain(id=id, title=id, weight=weight, objectives=dict.fromkeys(OBJECTIVES[id], "What it asks for."))
    for id, weight in (("1", 28), ("2", 26), ("3", 22), ("4", 24))
)
PROFILE = Profile(
    id="mla-c01",
    title="An exam",
    about="",
    questions=65,
    unscored=15,
    minutes=130,
    pass_mark=720,
    kinds=("single", "multiple"),
    domains=DOMAINS,
)
SMALL = replace(PROFILE, questions=10, unscored=2, minutes=20)


@dataclass(frozen=True)
class Card:
    """A question as an exam knows it."""

    id: str
    objectives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "single"
    lesson: str = "canary"
    case: str = ""
    part: int = 0


def card(id, *objectives, **more):
    return Card(id, {"mla-c01": objectives}, **more)


ALL = [objective for each in OBJECTIVES.values() for objective in each]
BANK = [card(f"{objective}-{n}", objective) for objective in ALL for n in range(20)]
BANKS = st.lists(st.sets(st.sampled_from(ALL), max_size=3), max_size=25).map(
    lambda served: [card(f"q{n}", *sorted(each)) for n, each in enumerate(served)]
)


def domain_of(objective):
    return objective[0]


@pytest.fixture(scope="module")
def thousand():
    """The draws of as many seeds."""
    return [draw(PROFILE, BANK, seed) for seed in range(1000)]


def test_a_thousand_seeds_meet_the_weights(thousand):
    """By the largest remainder: 18, 17, 14 and 16 of 65, of which 14, 13, 11 and 12 count."""
    for each in thousand:
        assert len({question.id for question in each.questions}) == 65
        assert Counter(question.domain for question in each.questions) == {"1": 18, "2": 17, "3": 14, "4": 16}
        counted = Counter(question.domain for question in each.questions if question.scored)
        assert counted == {"1": 14, "2": 13, "3": 11, "4": 12}
        assert not each.missing
    asked = Counter(question.id for each in thousand for question in each.questions)
    assert len(asked) == len(BANK)
    # 17 of 20 of domain 2: each comes up in 850 of 1,000 draws, give or take four standard deviations of 11.
    assert all(abs(asked[f"2.3-{n}"] - 850) < 45 for n in range(20))


def test_chance_chooses_what_does_not_count(thousand):
    """Each question of a domain is unscored about as often as any other."""
    silent = Counter(question.id for each in thousand for question in each.questions if not question.scored)

    # 4 of 17 drawn of 20: 200 of 1,000, give or take four standard deviations of 13.
    assert all(abs(silent[f"2.3-{n}"] - 200) < 52 for n in range(20))


@given(BANKS, st.integers(0, 99))
def test_the_bank_is_used_as_far_as_it_goes(bank, seed):
    """No question twice, none that could not stand where it stands, no domain over its quota, and none missing that
    an exchange could bring."""
    drawn = draw(SMALL, bank, seed)
    served = {each.id: each.objectives["mla-c01"] for each in bank}
    quotas = dict(zip(OBJECTIVES, apportioned(10, [28, 26, 22, 24]), strict=True))

    assert len({question.id for question in drawn.questions}) == len(drawn.questions)
    for question in drawn.questions:
        assert question.objective in served[question.id]
        assert question.domain == domain_of(question.objective)
    taken = Counter(question.domain for question in drawn.questions)
    assert {domain: taken[domain] + drawn.missing.get(domain, 0) for domain in quotas} == quotas
    assert len(drawn.questions) == most_placed([{domain_of(o) for o in each} for each in served.values()], quotas)
    assert set(drawn.uncovered) == set(ALL) - {objective for each in served.values() for objective in each}


def most_placed(questions, quotas):
    """By Hall's theorem with deficits: the least, over sets of domains, of their room and of whom it leaves out."""
    sets = [{d for at, d in enumerate(quotas) if bits >> at & 1} for bits in range(2 ** len(quotas))]
    asked = [each for each in questions if each]
    return min(sum(quotas[d] for d in chosen) + sum(not each <= chosen for each in asked) for chosen in sets)


@given(BANKS, st.sets(st.sampled_from(ALL), min_size=1), st.integers(0, 99))
def test_one_more_question_drives_out_one_at_most(bank, more, seed):
    """An edit of the bank hardly changes an exam."""
    before = {question.id for question in draw(SMALL, bank, seed).questions}
    after = {question.id for question in draw(SMALL, [*bank, card("new", *sorted(more))], seed).questions}

    assert after - before <= {"new"}
    assert len(before - after) <= 1


@given(BANKS.flatmap(lambda bank: st.tuples(st.just(bank), st.permutations(bank))), st.integers(0, 99))
def test_equal_seeds_draw_alike(banks, seed):
    """Whatever the order of the bank."""
    first, second = banks

    assert {q.id for q in draw(SMALL, first, seed).questions} == {q.id for q in draw(SMALL, second, seed).questions}
    assert draw(SMALL, first, seed) == draw(SMALL, first, seed)


def test_another_seed_is_another_exam():
    """In its questions and in their order."""
    first, second = (draw(PROFILE, BANK, seed).questions for seed in (1, 2))

    assert {question.id for question in first} != {question.id for question in second}


def test_a_question_moves_for_one_that_has_no_other_place():
    """One that serves two domains leaves the scarce place to the one that serves only that."""
    either = [card(f"both-{n}", "3.3", "4.2") for n in range(9)]
    only = [card(f"only-{n}", "4.2") for n in range(2)]
    for seed in range(50):
        drawn = draw(SMALL, [*either, *only], seed)
        assert Counter(question.domain for question in drawn.questions) == {"3": 2, "4": 2}


def test_an_empty_bank_covers_nothing():
    """All is missing, and that is said."""
    drawn = draw(PROFILE, [], 1)

    assert (drawn.questions, drawn.minutes) == ((), 0)
    assert drawn.missing == {"1": 18, "2": 17, "3": 14, "4": 16}
    assert drawn.uncovered == tuple(ALL)


def test_a_shorter_exam_keeps_the_pace():
    """Two minutes a question, and the same share of them unscored."""
    drawn = draw(PROFILE, [each for each in BANK if each.id.startswith("3.")], 1)

    assert (len(drawn.questions), drawn.minutes) == (14, 28)
    assert sum(not question.scored for question in drawn.questions) == 15 * 14 // 65


def test_kinds_that_the_exam_does_not_have_are_left_out():
    """So are questions that name another exam, or no objective of this one."""
    bank = [
        card("number", "3.1", kind="numeric"),
        Card("other", {"mla-c02": ("3.1",)}),
        card("unknown", "7.7"),
        Card("none"),
        card("good", "3.1"),
    ]

    assert [question.id for question in draw(PROFILE, bank, 1).questions] == ["good"]


@pytest.mark.parametrize(
    ("tags", "objectives", "asked"),
    [
        pytest.param("", {"mla-c01": ("3.3.1",)}, "3.3", id="an objective holds those below it"),
        pytest.param("mla-c02", {"mla-c02": ("3.1",)}, "3.1", id="named under another exam"),
        pytest.param("", {"mla-c01": ("3.31",)}, None, id="but not those that only begin alike"),
    ],
)
def test_what_serves_an_objective(tags, objectives, asked):
    """Questions name objectives; the profile says under which exam."""
    drawn = draw(replace(PROFILE, tags=tags), [Card("q", objectives)], 1).questions

    assert [question.objective for question in drawn] == ([asked] if asked else [])


def test_lessons_can_be_objectives():
    """The course's own exam asks by lesson."""
    domain = Domain(id="strategies", title="Strategies", weight=100, objectives={"canary": "A part first."})
    profile = replace(PROFILE, domains=(domain,), tags="lessons")
    [question] = draw(profile, [Card("q"), Card("far", lesson="linear")], 1).questions

    assert (question.id, question.domain, question.objective) == ("q", "strategies", "canary")


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (65, (28, 26, 22, 24), (18, 17, 14, 16)),
        (85, (28, 24, 24, 24), (24, 21, 20, 20)),
        (3, (1, 1), (2, 1)),
        (0, (1, 2), (0, 0)),
        (5, (0, 0), (0, 0)),
    ],
)
def test_the_largest_remainder(total, weights, parts):
    """Hare's quota; of equal remainders the first comes first."""
    assert apportioned(total, weights) == parts


@given(st.integers(0, 200), st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_shares_are_off_by_less_than_one(total, weights):
    """And add up."""
    parts = apportioned(total, weights)

    if sum(weights):
        assert sum(parts) == total
        assert all(abs(part - total * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize(
    ("change", "say"),
    [
        ({"domains": DOMAINS[:3]}, "have weights that add up to 76; they must add up to 100"),
        ({"unscored": 65}, "leaves none of 65 questions that counts"),
        ({"minutes": None}, "say in `estimated_minutes` what you reckon with"),
        ({"estimated_minutes": 100}, "leave them out"),
        ({"pass_mark": 72}, "must be at least 100 and at most 1000, got 72"),
        ({"kinds": ()}, "nothing can be drawn"),
        ({"tasks": (Task(lab="any", domain="5"),)}, "name the domain '5', which does not exist"),
    ],
)
def test_a_profile_that_contradicts_itself_is_none(change, say):
    """It cannot be built, and says why."""
    with pytest.raises(ValueError, match=say):
        replace(PROFILE, **change)


def test_an_exam_may_ask_every_kind_of_question():
    """A profile names kinds in words; none is missing, and none is too many."""
    assert set(get_args(Kind)) == {each.kind for each in get_args(Question)}


def case(id, *parts):
    return [card(f"{id}-{n}", objective, case=id, part=n) for n, objective in enumerate(parts, 1)]


CASES = st.lists(st.lists(st.sampled_from(ALL), min_size=2, max_size=4), max_size=6).map(
    lambda cases: [part for n, each in enumerate(cases) for part in case(f"case-{n}", *each)]
)


@given(BANKS, CASES, st.integers(0, 99))
def test_a_case_is_drawn_as_a_whole_or_not_at_all(bank, cases, seed):
    """Its parts together, in their order, each counted; the weights hold all the same."""
    drawn = draw(SMALL, [*reversed(cases), *bank], seed)
    ids = [question.id for question in drawn.questions]
    quotas = dict(zip(OBJECTIVES, apportioned(10, [28, 26, 22, 24]), strict=True))

    for name in {each.case for each in cases}:
        whole = [each.id for each in cases if each.case == name]
        there = [id for id in ids if id in whole]
        assert there in ([], whole)
        assert not there or ids[ids.index(whole[0]) :][: len(whole)] == whole
    taken = Counter(question.domain for question in drawn.questions)
    assert {domain: taken[domain] + drawn.missing.get(domain, 0) for domain in quotas} == quotas
    assert len(set(ids)) == len(ids)


def test_a_case_with_a_part_that_the_exam_does_not_take_is_left_out():
    """Half a case is none."""
    parts = [*case("night", "3.1", "3.3"), card("night-3", "3.1", case="night", part=3, kind="fix")]

    assert not draw(SMALL, parts, 0).questions
    assert len(draw(SMALL, parts[:2], 0).questions) == 2


def test_cases_leave_questions_by_themselves_where_they_were():
    """A bank without cases is drawn as ever, and a case that finds no room drives nothing out."""
    full = [card(f"{objective}-{n}", objective) for objective in ALL for n in range(20)]
    big = case("big", *("2.3",) * 4)
    for seed in range(20):
        plain, with_case = draw(SMALL, full, seed), draw(SMALL, [*full, *big], seed)
        ids = {question.id for question in with_case.questions}
        if not ids & {each.id for each in big}:
            assert ids == {question.id for question in plain.questions}
