"""Computed questions in files: what is read, and what `mlcourse check` says of their figures."""

from __future__ import annotations

import pytest

from course.content.files.questions import read_questions
from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.syllabus import QuestionCard
from quiz.grading import grade, solution
from quiz.presentation import posed
from tests.built_in import PACK
from tests.course.content.conftest import Edit

COMPUTED = """\
format: 1
questions:
  - id: share
    kind: numeric
    computed:
      from: canary
      over:
        instances: [8, 9, 10, 12, 16, 20, 40]
        size: {from: 1, to: 4}
    stem: "{size} of {instances}?"
    figure: share
    tolerance: 0.1
    slips: [{answer: "{of_both}", why: "{rest}"}]
    hints: ["Divide {size}."]
    explain: "{share} %"
    accepts: ["{share}"]
    rejects: ["{of_both}"]
"""


def mistakes(old, new):
    """What reading says after one change."""
    assert COMPUTED.count(old) == 1
    with pytest.raises(ContentError) as caught:
        read_questions(read_yaml(COMPUTED.replace(old, new), "q.yaml"))
    return str(caught.value)


def test_a_computed_question_is_read_and_posed():
    """Its card says that it is one."""
    [question] = read_questions(read_yaml(COMPUTED, "q.yaml"))

    assert QuestionCard.of(question, "canary").computed
    assert grade(posed(question, 7), solution(posed(question, 7))).correct


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from: canary", "from: canari", "q.yaml:6:13: nothing computes 'canari'; did you mean canary?"),
        ("size: {", "sise: {", "'canary' has no parameter 'sise'"),
        ("        size: {from: 1, to: 4}\n", "", "`over` does not say what `size` may be"),
        ("[8, 9, 10, 12, 16, 20, 40]", "[4, 5.5]", "`instances` needs a list of values, each a whole number"),
        ("[8, 9, 10, 12, 16, 20, 40]", "[4, 4]", "none twice"),
        ("[8, 9, 10, 12, 16, 20, 40]", "[4, 5]", "`over` makes 8 combinations; give enough for 20"),
        ("figure: share", "figure: share\n    value: 3", "the value is the figure that `figure` names"),
        ("    figure: share\n", "", "`value` is missing"),
    ],
)
def test_what_is_wrong_with_a_computed_question_is_said_at_its_place(old, new, said):
    """Line, and what would be right."""
    assert said in mistakes(old, new)


def test_figures_belong_to_computed_questions():
    """Elsewhere nothing works them out."""
    text = COMPUTED[: COMPUTED.index("    computed:")] + COMPUTED[COMPUTED.index("    stem:") :]
    with pytest.raises(ContentError, match="only a computed question has figures"):
        read_questions(read_yaml(text, "q.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"{share} %"', '"{shore} %"', "no figure is called '{shore}'"),
        ("figure: share", "figure: shore", "no number is called 'shore'"),
        ('answer: "{of_both}"', 'answer: "{share}"', "is the right answer; give other values"),
        ('accepts: ["{share}"]', 'accepts: ["{rest}"]', "is graded wrong; mend the key, or move it to `rejects` (with"),
        ('rejects: ["{of_both}"]', 'rejects: ["{share}"]', "is graded right; mend the key"),
        ('"{share} %"', '"{share:.6f} %"', "a number cannot be read"),
        ("size: {from: 1, to: 4}", "size: [1, 2, 3, 4, 5]", None),
        ("[8, 9, 10, 12, 16, 20, 40]", "[2, 3, 4, 5, 6]", "no values of `over` make a question"),
    ],
)
def test_figures_are_tried(root, edit: Edit, old, new, said):
    """Whatever is wrong with any of twenty seeds is said once, with the seed."""
    edit("01-fleets/lesson.yaml", "questions: [questions.yaml]", "questions: [questions.yaml]\npractice: [more.yaml]")
    assert COMPUTED.count(old) == 1
    (root / "01-fleets" / "more.yaml").write_text(COMPUTED.replace(old, new))
    found = [str(problem) for problem in lint(Pack(root), lambda lab: ())]

    assert (said is None and not found) or sum(str(said) in problem for problem in found) == 1, found


def test_there_are_computed_questions_of_several_kinds():
    """In the lessons that come with the program: each kind that they are written in."""
    cards = [card for card in PACK.question_cards() if card.computed]

    assert len(cards) >= 16
    assert {"single", "multiple", "numeric", "ordering"} <= {card.kind for card in cards}


def test_every_question_says_what_it_asks():
    """The level of each question of the lessons is known."""
    assert [card.id for card in PACK.question_cards() if card.level is None] == []


@pytest.mark.parametrize("seed", [20, 1000, 10**9])
def test_any_seed_makes_a_question(seed):
    """Beyond those that are tried: whole, with a right answer, and other than the one before."""
    pack = PACK
    computed = [each for id in pack.course.lessons for each in pack.whole_lesson(id).bank if each.computed]
    for question in computed:
        asked = posed(question, seed)

        assert asked.computed is None
        assert grade(asked, solution(asked)).correct
        assert asked != posed(question, seed + 1)
