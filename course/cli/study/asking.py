"""One question in plain lines: fit for a screen reader and a pipe, with nothing told by colour or drawing alone.

What can be chosen is numbered as it is shown, and the numbers are what is typed; see `quiz.answers`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import assert_never

from course.cli.present import counted, is_plain
from quiz.exhibit import Exhibit
from quiz.grading import grade, solution
from quiz.presentation import choices, laid_out
from quiz.questions import Answer, Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
from quiz.verdict import Detail, settled

_SENTENCE_END = re.compile(r"(?<=[.?!:]) ")


def gist(stem: str) -> str:
    """Return the sentence of a stem that asks, or else the first one."""
    sentences = _SENTENCE_END.split(" ".join(stem.split()))
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), sentences[0])


def asked(question: Question, struck: Collection[str] = ()) -> Iterator[str]:
    """Yield the question: what it is about, its stem, what there is to choose from, and how an answer is typed.

    Options that the learner has ruled out say so.
    """
    yield from scenario(question)
    yield question.stem.strip()
    yield from _shown(question.exhibit)
    match question:
        case Single() | Multiple():
            for number, option in enumerate(question.options, 1):
                yield f"{number}. {'ruled out: ' if option.id in struck else ''}{option.text}"
        case Ordering():
            for number, each in enumerate(laid_out(question), 1):
                yield f"{number}. {each.text}"
        case Matching():
            yield "What needs a partner:"
            for number, pair in enumerate(question.pairs, 1):
                yield f"{number}. {pair.prompt}"
            yield "Partners to choose from:"
            for number, choice in enumerate(choices(question), 1):
                yield f"{number}. {choice.text}"
        case Fix():
            yield "The request:"
            yield from question.request.rstrip().split("\n")
            yield "End of the request."
        case Numeric() | ShortText():
            pass
        case _:
            assert_never(question)
    yield how(question)


def scenario(question: Question) -> Iterator[str]:
    """Yield what the question shares with others, if it is a part of a case."""
    if question.case:
        yield f"A case, question {question.case.place} of {question.case.of}: {question.case.stem.strip()}"
        yield from _shown(question.case.exhibit) if question.case.exhibit else ("",)


def _shown(exhibit: Exhibit | None) -> Iterator[str]:
    if exhibit is not None:
        from course.cli.study.lesson.blocks import lines  # brings a reader of Markdown along

        yield ""
        yield from lines(exhibit.blocks(), plain=is_plain())
        yield ""


def how(question: Question) -> str:
    """Return in a sentence how an answer is typed."""
    match question:
        case Single():
            return "Choose one: type its number, such as 2."
        case Multiple():
            return "Choose all that are right: type their numbers, such as 1,3."
        case Ordering():
            if question.distractors:
                return "Choose those that belong, and put them in order: type their numbers, the first one first."
            backwards = ",".join(str(number) for number in range(len(question.items), 0, -1))
            return f"Put them in order: type all numbers, the first one first, such as {backwards}."
        case Matching():
            return "Give each a partner: type pairs of numbers, such as 1=2,2=1; some partners may be left over."
        case Numeric():
            return f"Type a number in {question.unit}." if question.unit else "Type a number."
        case ShortText():
            return "Type a sentence." if question.concepts else "Type a word or a name."
        case Fix():
            return (
                "Mend the request in a file, and type the name of that file, such as plan.yaml. "
                f"To have it in a file: mlcourse quiz ask {question.id} --file plan.yaml"
            )
        case _:
            assert_never(question)


def spelt(question: Question, answer: Answer) -> str:
    """Return an answer in words, as the question shows its parts; whatever cannot be found in it is told as it is."""
    match question:
        case Single() | Multiple():
            texts = {option.id: _numbered(at, option.text) for at, option in enumerate(question.options, 1)}
        case Ordering():
            texts = {each.id: _numbered(at, each.text) for at, each in enumerate(laid_out(question), 1)}
        case Matching():
            return _pairs(question, answer)
        case Fix():
            return f"a request of {counted(len(str(answer).rstrip().splitlines()), 'line')}"
        case Numeric() | ShortText():
            return answer if isinstance(answer, str) else str(answer)
        case _:
            assert_never(question)
    chosen = (answer,) if isinstance(answer, str) else tuple(answer)
    return "; ".join(texts.get(each, each) for each in chosen)


def explained(question: Question, answer: Answer | None, judged: bool | None = None) -> Iterator[str]:
    """Yield what there is to say of an answer afterwards: every part with its reason, and the whole; `judged` is what
    the learner said of one that the program could not judge."""
    verdict = None if answer is None else settled(grade(question, answer), judged)
    if answer is None:
        yield "Not answered."
    elif verdict:
        yield f"Your answer: {spelt(question, answer)}"
        yield verdict.say if verdict.correct or verdict.unsure or verdict.by_learner else f"Not right. {verdict.say}"
    if verdict is None or not verdict.correct:
        yield f"{called(question)}: {spelt(question, solution(question))}"
        if isinstance(question, Fix):
            yield from question.solution.rstrip().split("\n")
    told = verdict if verdict and verdict.details else grade(question, solution(question))
    mine = told is verdict
    for detail in told.details:
        yield _reason(question, detail, mine=mine)
    yield question.explain.strip()


def called(question: Question) -> str:
    """Return what its solution is called: of what can be said in many words, it is but one."""
    return "A model answer" if isinstance(question, ShortText) and question.concepts else "The right answer"


def _reason(question: Question, detail: Detail, *, mine: bool) -> str:
    """Return the reason of a part; what the learner did with it is told if they did something."""
    match question:
        case Single() | Multiple():
            kind = "right" if detail.correct else "wrong"
            told = f"{kind}, {'chosen' if detail.chosen else 'not chosen'}" if mine else kind
        case Ordering() if question.distractors:
            told = _belonging(detail, mine=mine)
        case _ if mine:
            told = "right" if detail.right else "not right"
        case _:
            told = ""
    return f"- {detail.text}{f' ({told})' if told else ''}: {detail.why}"


def _belonging(detail: Detail, *, mine: bool) -> str:
    """Return whether a part belongs into the order, and what the learner did with it."""
    kind = "belongs" if detail.correct else "does not belong"
    if not mine:
        return kind
    if not detail.chosen:
        return f"{kind}, left out"
    return f"{kind}, {'in its place' if detail.right else 'not in its place'}" if detail.correct else f"{kind}, chosen"


def _pairs(question: Matching, answer: Answer) -> str:
    partners = {choice.id: choice.text for choice in choices(question)}
    partners |= {pair.id: pair.answer for pair in question.pairs}
    prompts = {pair.id: pair.prompt for pair in question.pairs}
    given = answer if isinstance(answer, Mapping) else {}
    return "; ".join(f"{prompts.get(each, each)} = {partners.get(other, other)}" for each, other in given.items())


def _numbered(number: int, text: str) -> str:
    return f"{number}. {text}"
