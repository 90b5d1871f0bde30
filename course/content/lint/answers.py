"""Does a question's own key agree with its grading, and does it help who is stuck?"""

from __future__ import annotations

from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import shown
from quiz.grading import grade
from quiz.questions import Answer, Numeric, Question, ShortText


def complain_of_question(complaints: Complaints, question: Question, trail: Trail) -> None:
    """Complain about each answer that is graded otherwise than the file says, and about missing hints."""
    for index, answer in enumerate(question.accepts):
        _complain_of_accepted(complaints, question, answer, (*trail, "accepts", index))
    for index, answer in enumerate(question.rejects):
        _complain_of_rejected(complaints, question, answer, (*trail, "rejects", index))
    if not question.hints:
        complaints.at_key(trail, f"question {question.id} has no hint; write one that helps without telling")


def _complain_of_accepted(complaints: Complaints, question: Question, answer: Answer, trail: Trail) -> None:
    verdict = grade(question, answer)
    if not verdict.valid:
        complaints.at_value(trail, f"{shown(answer)} is no answer to this question; write one as a learner would")
    elif not verdict.correct:
        complaints.at_value(trail, f"{shown(answer)} is graded wrong; mend the key, or move it to `rejects`")


def _complain_of_rejected(complaints: Complaints, question: Question, answer: Answer, trail: Trail) -> None:
    verdict = grade(question, answer)
    if verdict.valid and verdict.correct:
        complaints.at_value(trail, f"{shown(answer)} is graded right; mend the key, or move it to `accepts`")
    # Anything may be typed into a text field; ids are chosen, so an unknown one is the author's slip.
    elif not verdict.valid and not isinstance(question, Numeric | ShortText):
        complaints.at_value(trail, f"{shown(answer)} cannot be chosen here; use the ids of this question")
