"""`mlcourse exam list` and `draw`: what exams there are, what they ask, and what the bank does not cover."""

from __future__ import annotations

from collections import Counter

import pytest


def test_the_list_says_what_an_exam_is(mlcourse):
    """Numbers, and until when it can be taken; null where nothing is published."""
    exams = {each["id"]: each for each in mlcourse("exam", "list", "--json").json}
    one, two = exams["mla-c01"], exams["mla-c02"]

    assert list(exams) == ["mla-c01", "me1-c02", "mla-c02", "course"]
    assert (one["questions"], one["scored"], one["unscored"], one["minutes"], one["pass_mark"]) == (
        65,
        50,
        15,
        130,
        720,
    )
    assert one["sold"][0] == {"what": "English", "from": None, "until": "2026-09-28"}
    assert (two["minutes"], two["estimated_minutes"], exams["me1-c02"]["pass_mark"]) == (None, 130, None)
    assert [domain["weight"] for domain in one["domains"]] == [28, 26, 22, 24]
    assert set(one["domains"][2]["objectives"]) == {"3.1", "3.2", "3.3"}


def test_the_list_in_words(mlcourse, clock):
    """What is over, what is not yet, and what is an estimate."""
    said = mlcourse("exam", "list").out

    assert "Sold: English, until 2026-09-28; it cannot be taken any more." in said
    assert "from 2027-01-14; it cannot be taken yet." in said
    assert "time not published, 130 min by our estimate; 720 of 1000 is enough." in said
    assert "85 questions; 170 min; no pass mark is published." in said


@pytest.mark.parametrize("exam", ["mla-c01", "me1-c02", "mla-c02", "course"])
def test_a_draw_adds_up(mlcourse, exam):
    """Each question once with a domain and an objective of it; what is there and what is missing are the whole."""
    profile = {each["id"]: each for each in mlcourse("exam", "list", "--json").json}[exam]
    drawn = mlcourse("exam", "draw", exam, "--seed", "7", "--json").json
    domains = {domain["id"]: domain for domain in profile["domains"]}
    taken = Counter(question["domain"] for question in drawn["questions"])

    assert (drawn["profile"], drawn["seed"]) == (exam, 7)
    assert len({question["id"] for question in drawn["questions"]}) == len(drawn["questions"]) > 0
    assert all(question["objective"] in domains[question["domain"]]["objectives"] for question in drawn["questions"])
    for id, domain in domains.items():
        whole = taken[id] + drawn["missing"].get(id, 0)
        assert abs(whole - profile["questions"] * domain["weight"] / 100) < 1
    assert sum(taken.values()) + sum(drawn["missing"].values()) == profile["questions"]


def test_equal_seeds_draw_alike(mlcourse):
    """And other seeds otherwise."""
    first, again, other = (mlcourse("exam", "draw", "mla-c01", "--seed", seed, "--json").json for seed in "112")

    assert first == again
    assert first["questions"] != other["questions"]


def test_what_is_not_covered_is_said_domain_by_domain(mlcourse, pack):
    """With the objectives for which there is nothing."""
    drawn = mlcourse("--pack", str(pack), "exam", "draw", "small")

    assert "which-two  (domain 3, objective 3.1)" in drawn.out
    assert "The bank covers 4 of 5 questions." in drawn.out
    assert "Not covered of domain 4, Monitoring: 1 question (nothing for 4.2)." in drawn.out


def test_an_empty_bank(mlcourse, pack, take):
    """Nothing can be drawn, and an exam of nothing does not begin."""
    file = pack / "exams" / "small.yaml"
    file.write_text(file.read_text().replace("kinds: [single]", "kinds: [ordering]"))

    assert mlcourse("--pack", str(pack), "exam", "draw", "small").code == 1
    result = take()
    assert (result.code, "the bank holds no question that the exam small asks for" in result.err) == (2, True)


def test_a_wrong_profile_is_said_with_its_place(mlcourse, pack):
    """Weights that do not add up."""
    file = pack / "exams" / "small.yaml"
    file.write_text(file.read_text().replace("weight: 80", "weight: 70"))
    result = mlcourse("--pack", str(pack), "exam", "draw", "small")

    assert result.code == 2
    assert "small.yaml:11:3: `domains` have weights that add up to 90; they must add up to 100" in result.err


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (["draw", "mla-c1"], "did you mean mla-c01?"),
        (["draw", "mla-c01", "--seed", "-1"], "must be a whole number from 0"),
        (["take"], "no exam goes on; name one, such as mlcourse exam take mla-c01"),
        (["result"], "no exam has ended yet"),
        (["result", "nothing"], "there is no exam 'nothing' in your history"),
    ],
    ids=["unknown", "seed", "none goes on", "none has ended", "no sitting"],
)
def test_wrong_words_exit_with_2(mlcourse, arguments, say):
    """Each says what would be right."""
    result = mlcourse("exam", *arguments)

    assert result.code == 2
    assert say in result.err
