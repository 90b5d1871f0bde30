"""Is each answer of a question graded as its file says, and does every wrong answer get its own reason?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from course.content.lint.figures import Posing, complain_of_figures, posings
from course.content.mending import Labs
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.wording import shown
from quiz.grading import grade
from quiz.numbers import read_number
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single, Slip
from quiz.wording.judging import judge


def complain_of_question(complaints: Complaints, question: Question, trail: Trail, labs: Labs) -> None:
    """Complain about answers that are graded otherwise than the file says, what cannot be told apart, and about
    missing hints. `labs` are those that the question may name."""
    if isinstance(question, Fix) and not _can_be_read(question.lab, labs):
        return  # what is wrong with the lab is said of its own files
    for at, say in confusions(question) if question.computed is None else ():
        complaints.at_value((*trail, *at), say)
    posed = tuple(posings(question))
    complain_of_figures(complaints, question, trail, posed)
    if isinstance(question, Fix):
        _complain_of_fix(complaints, question, trail)
    for index in range(len(question.accepts)):
        _complain_once(complaints, posed, (*trail, "accepts", index), _accepted)
    if isinstance(question, ShortText) and question.concepts:
        for index in range(len(question.answers)):
            _complain_once(complaints, posed, (*trail, "answers", index), _model)
    for index in range(len(question.rejects)):
        _complain_once(complaints, posed, (*trail, "rejects", index), _rejected)
    if not question.hints:
        complaints.at_key(trail, f"question {question.id} has no hint; write one that helps without telling")


def _complain_of_fix(complaints: Complaints, question: Fix, trail: Trail) -> None:
    """Complain where the solution of a request that is to be mended is none, or the request needs no mending."""
    solved = grade(question, question.solution)
    if not solved.correct:
        missed = [f"{each.text}: {each.why}" for each in solved.details if not each.right]
        complaints.at_key((*trail, "solution"), f"`solution` is graded wrong. {' '.join(missed) or solved.say}")
    if grade(question, question.request).correct:
        complaints.at_key((*trail, "request"), "`request` is graded right as it stands; leave something to mend")


def _complain_once(
    complaints: Complaints, posed: Iterable[Posing], trail: Trail, judge: Callable[[Question, int], str | None]
) -> None:
    """Complain about an answer as `judge` does, of a computed question with the first seed that it is wrong with."""
    for seed, asked in posed:
        if say := judge(asked, int(trail[-1])):
            complaints.at_value(trail, f"{say}{seed}")
            return


def _accepted(question: Question, index: int) -> str | None:
    answer = question.accepts[index]
    verdict = grade(question, answer)
    if not verdict.valid:
        return f"{shown(answer)} is no answer to this question; write one as a learner would"
    if verdict.unsure:
        return f"{shown(answer)} is not graded for certain; add its words to `any` of the concepts"
    return None if verdict.correct else f"{shown(answer)} is graded wrong; mend the key, or move it to `rejects`"


def _model(question: Question, index: int) -> str | None:
    """A model answer has to say every concept in words that are listed, as any other answer has."""
    assert isinstance(question, ShortText)
    if judge(question, question.answers[index]).correct:
        return None
    return "the model answer is not right by its own concepts; say all of them in it, in phrases that are listed"


def _rejected(question: Question, index: int) -> str | None:
    answer = question.rejects[index]
    verdict = grade(question, answer)
    if verdict.valid and verdict.correct:
        return f"{shown(answer)} is graded right; mend the key, or move it to `accepts`"
    if not verdict.valid and isinstance(question, Fix):
        return f"{verdict.say} Write one that can be judged"
    if verdict.unsure:
        return f"{shown(answer)} is not graded for certain; add its claim to `wrong`"
    # Anything may be typed into a text field; ids are chosen, so an unknown one is the author's slip.
    if not verdict.valid and not isinstance(question, Numeric | ShortText):
        return f"{shown(answer)} cannot be chosen here; use the ids of this question"
    return None


def _can_be_read(lab: str, labs: Labs) -> bool:
    try:
        labs.lab(lab)
    except ContentError:
        return False
    return True


def confusions(question: Question) -> Iterator[tuple[Trail, str]]:
    """Yield where two things that a learner chooses from read the same, and slips that are right or listed twice."""
    match question:
        case Single() | Multiple():
            options = ((("options", at, "text"), each.text) for at, each in enumerate(question.options))
            yield from _twice("option", options)
        case Ordering():
            items = [(("items", at, "text"), each.text) for at, each in enumerate(question.items)]
            more = [(("distractors", at, "text"), each.text) for at, each in enumerate(question.distractors)]
            yield from _twice("item", (*items, *more))
        case Matching():
            prompts = ((("pairs", at, "prompt"), each.prompt) for at, each in enumerate(question.pairs))
            yield from _twice("prompt", prompts)
            answers = [(("pairs", at, "answer"), each.answer) for at, each in enumerate(question.pairs)]
            decoys = [(("decoys", at, "text"), each.text) for at, each in enumerate(question.decoys)]
            yield from _twice("answer", (*answers, *decoys))
        case Numeric():
            yield from _slips(question, question.slips, lambda text: read_number(text, question.unit))
        case ShortText():
            yield from _slips(question, question.slips, lambda text: " ".join(text.casefold().split()))
        case Fix():
            return
        case _:
            assert_never(question)


def _twice(what: str, found: Iterable[tuple[Trail, str]]) -> Iterator[tuple[Trail, str]]:
    seen = set[str]()
    for trail, text in found:
        plain = " ".join(text.casefold().split())
        if plain in seen:
            yield trail, f"the same {what} stands above already, {shown(text)}; nobody can tell them apart: change one"
        seen.add(plain)


def _slips(question: Question, slips: Iterable[Slip], read: Callable[[str], object]) -> Iterator[tuple[Trail, str]]:
    """Yield slips that no learner is ever told of: what is right, what is no answer, and what another one tells."""
    seen = set[object]()
    for at, slip in enumerate(slips):
        verdict, same = grade(question, slip.answer), read(slip.answer)
        say = None
        if not verdict.valid:
            say = f"{shown(slip.answer)} is no answer to this question, so this slip is never told; mend it"
        elif verdict.correct or (isinstance(question, ShortText) and slip.answer in question.answers):
            near = " within the tolerance" if isinstance(question, Numeric) and question.tolerance else ""
            say = f"{shown(slip.answer)} is graded right{near}, so this slip is never told; mend it, or the key"
        elif same in seen:
            say = f"the slip {shown(slip.answer)} is listed above already, so this one is never told; drop one"
        seen.add(same)
        if say:
            yield ("slips", at, "answer"), say
