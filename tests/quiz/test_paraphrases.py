"""Questions that are answered in a sentence meet sixty answers as people write them, half of them right."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from quiz.grading import grade
from quiz.questions import ShortText
from quiz.verdict import Verdict
from tests.built_in import PACK

FOLDER = Path(__file__).parent / "paraphrases"
EACH = 30
RIGHT, WRONG = 24, 20
"""How many at least are judged for certain; the others may be left to the learner."""


def by_concepts() -> dict[str, ShortText]:
    """Return the questions of the course that are judged by concepts."""
    pack = PACK
    bank = [question for id in pack.course.lessons for question in pack.whole_lesson(id).bank]
    return {each.id: each for each in bank if isinstance(each, ShortText) and each.concepts}


QUESTIONS = by_concepts()


def judged(id: str, kind: str) -> dict[str, Verdict]:
    """Return the verdict over each paraphrase of one kind."""
    given = yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))
    assert set(given) == {"right", "wrong"}
    texts = [str(each) for each in given[kind]]
    assert len(set(texts)) == len(texts) >= EACH
    return {text: grade(QUESTIONS[id], text) for text in texts}


def test_each_question_by_concepts_has_its_paraphrases_and_no_file_is_left_over() -> None:
    """Whoever writes such a question writes its paraphrases too."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(QUESTIONS) != set()


@pytest.mark.parametrize("id", QUESTIONS)
def test_no_right_answer_is_judged_wrong_and_most_are_judged_right(id: str) -> None:
    """Where the program cannot tell, it says so."""
    verdicts = judged(id, "right")

    assert [text for text, verdict in verdicts.items() if not (verdict.correct or verdict.unsure)] == []
    unsure = [text for text, verdict in verdicts.items() if verdict.unsure]
    assert len(verdicts) - len(unsure) >= RIGHT / EACH * len(verdicts), unsure


@pytest.mark.parametrize("id", QUESTIONS)
def test_no_wrong_answer_is_judged_right_and_most_are_judged_wrong(id: str) -> None:
    """A negated concept is not the concept, and a wrong claim is found among right ones."""
    verdicts = judged(id, "wrong")

    assert [text for text, verdict in verdicts.items() if verdict.correct or not verdict.valid] == []
    unsure = [text for text, verdict in verdicts.items() if verdict.unsure]
    assert len(verdicts) - len(unsure) >= WRONG / EACH * len(verdicts), unsure
