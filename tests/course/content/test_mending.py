"""A request to mend: what must hold of it is said by the checker and by the simulator, point by point."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.yaml.errors import ContentError
from quiz.grading import grade, solution
from quiz.questions import Fix
from quiz.second_try import told
from quiz.shares import share, status
from tests.course.content.conftest import PLAN, write_pack
from tests.course.content.kinds import DEAF, GUARD, PACK, pack_of_kinds


@pytest.fixture(scope="module")
def mend(tmp_path_factory) -> Fix:
    question = Pack(pack_of_kinds(tmp_path_factory.mktemp("kinds"))).lesson("fleets").questions[-1]
    assert isinstance(question, Fix)
    return question


def held(question: Fix, text: str) -> dict[str, bool]:
    return {detail.id: detail.right for detail in grade(question, text).details}


def test_the_solution_holds_and_the_request_does_not(mend):
    """The request misses what is to be mended, and nothing else."""
    assert grade(mend, solution(mend)).correct
    assert held(mend, mend.request) == {
        "keeps-UpdateEndpoint": True,
        "accepted": True,
        "rolled-back-bad": False,
        "promoted-good": True,
    }


def test_each_point_has_its_reason(mend):
    """What a teacher says of what was missed, and how often; of what holds, why."""
    verdict = grade(mend, DEAF)
    why = {detail.id: detail.why for detail in verdict.details}

    assert verdict.say == "3 of 4 hold."
    assert why["rolled-back-bad"] == (
        "The alarm has to hear a fifth of all requests failing. (rolled back in 0 of 2 runs)"
    )
    assert why["promoted-good"] == "Promoted in all 2 runs."


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        pytest.param(GUARD.replace("Threshold: 20", "Threshold: 0.001"), set(), id="too keen, but nothing fails"),
        pytest.param(PLAN, {"rolled-back-bad"}, id="no alarm"),
        pytest.param(
            GUARD[: GUARD.index("UpdateEndpoint")],
            {"keeps-UpdateEndpoint", "rolled-back-bad", "promoted-good"},
            id="nothing sent",
        ),
        pytest.param(
            GUARD.replace("churn-v2\n  Dep", "churn-v9\n  Dep"),
            {"accepted", "rolled-back-bad", "promoted-good"},
            id="refused",
        ),
    ],
)
def test_other_requests_miss_what_they_miss(mend, text, missed):
    """The judge is no comparison with a text."""
    assert {id for id, right in held(mend, text).items() if not right} == missed


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "\tx: 1", "&a b"])
def test_what_is_no_plan_is_no_answer(mend, text):
    """It costs nothing, and its place is told."""
    verdict = grade(mend, text)

    assert not verdict.valid
    assert verdict.say.startswith("This is no plan yet, line 1, column ") or "line 2" in verdict.say


def test_before_a_second_try_only_what_is_missed_is_told(mend):
    """Not what a teacher would say of it."""
    assert told(mend, grade(mend, DEAF)) == ("3 of 4 hold.", "Not yet: The update to `bad` is rolled back")
    assert share(mend, grade(mend, DEAF)) == 0.75
    assert status(mend, grade(mend, "- 1")) == "invalid"


def test_no_lab_is_opened_to_list_questions(tmp_path: Path, monkeypatch):
    """Only when something is judged."""
    pack = Pack(pack_of_kinds(tmp_path))
    monkeypatch.setattr(Pack, "lab", lambda self, id: pytest.fail("a lab was opened"))

    assert [card.kind for card in pack.question_cards()][-1] == "fix"


def test_a_lab_that_cannot_be_read_is_said(tmp_path: Path):
    """By the verdict, which then costs nothing."""
    root = pack_of_kinds(tmp_path)
    (root / "01-fleets/update/brief.md").unlink()
    verdict = grade(Pack(root).lesson("fleets").questions[-1], GUARD)

    assert not verdict.valid
    assert verdict.say.startswith("The lab of this question cannot be read: ")


WRONG = [
    pytest.param(
        "lab: update", "lab: updat", "`lab` names 'updat', which does not exist; did you mean update?", id="lab"
    ),
    pytest.param("    seeds: 2", "    seeds: 99", "`seeds` must be at least 1 and at most 20, got 99", id="seeds"),
    pytest.param("release: bad, ", "", "`release` is missing; say which one has to be rolled-back", id="no release"),
    pytest.param(
        "{be: accepted,", "{be: accepted, release: bad,", "`release` is of no use where", id="a release too many"
    ),
    pytest.param("be: accepted", "be: acepted", "`be` is the text 'acepted'; it must be accepted", id="a state"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), WRONG)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, old, new, complaint):
    """When the file is read."""
    text = PACK["01-fleets/kinds.yaml"]
    assert text.count(old) == 1
    pack = Pack(write_pack(tmp_path, PACK | {"01-fleets/kinds.yaml": text.replace(old, new)}))

    with pytest.raises(ContentError, match=complaint):
        pack.lesson("fleets")


def test_the_linter_tries_the_solution_and_the_request(tmp_path: Path):
    """The one must hold, the other must not."""
    text = PACK["01-fleets/kinds.yaml"]
    both = text.replace("Threshold: 20\n", "Threshold: 2\n").replace("Threshold: 20000", "Threshold: 20")
    both = both.replace("Threshold: 2\n", "Threshold: 20000\n")
    said = [
        str(each) for each in lint(Pack(write_pack(tmp_path, PACK | {"01-fleets/kinds.yaml": both})), lambda lab: ())
    ]

    assert [each.partition(": ")[2] for each in said] == [
        "`solution` is graded wrong. The update to `bad` is rolled back: The alarm has to hear a fifth of all requests "
        "failing. (rolled back in 0 of 2 runs)",
        "`request` is graded right as it stands; leave something to mend",
    ]
