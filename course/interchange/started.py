"""Drafts as a file of questions: YAML with a comment wherever somebody has to go on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import assert_never

from course.characters import inert
from course.errors import one_line
from course.interchange.reading import Draft
from quiz.numbers import number_text
from quiz.questions import Fix, Matching, Multiple, Numeric, Option, Ordering, Question, ShortText, Single

WIDTH = 110
"""Columns of a text that is folded."""
_WORDS = re.compile(r"(?! )(?:[^\s]+ )*[^\s]+")
"""What can be folded and read back as it was: single blanks between words."""
WHY = "why this is right or wrong"


def started(drafts: Iterable[Draft], source: str) -> str:
    """Return the file; `source` is what it was made of."""
    lines = [
        "format: 1",
        f"# A start, made of {one_line(source)}.",
        "# What is missing is marked with `missing:`, and `mlcourse check` says what is still to be done.",
        "questions:",
    ]
    for draft in drafts:
        lines += [f"{'  ' if line else ''}{line}" for line in _lines(draft)]
    return "\n".join(lines) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    question = draft.question
    for note in draft.notes:
        yield f"# {inert(one_line(note))}"
    yield f"- id: {question.id}"
    yield f"  kind: {question.kind}"
    if question.revision != 1:
        yield f"  revision: {question.revision}"
    yield f"  level: {question.level}" if question.level else "  # missing: level, such as understand or apply"
    if question.objectives:
        named = ", ".join(f"{exam}: {_flow(each)}" for exam, each in question.objectives.items())
        yield f"  objectives: {{{named}}}"
    else:
        yield '  # missing: objectives, such as {mla-c01: ["3.1"]}'
    yield from _text("  stem", question.stem)
    yield from _parts(question)
    if question.hints:
        yield "  hints:"
        for hint in question.hints:
            yield from _text("    -", hint, colon=False)
    else:
        yield "  # missing: hints, one to three, from a nudge to nearly the solution"
    yield from _text("  explain", question.explain, "what to keep, for those who were right as well")
    for key, answers in (("accepts", question.accepts), ("rejects", question.rejects)):
        yield f"  {key}: [{', '.join(map(_flow, answers))}]{'' if answers else '  # missing: such answers'}"
    yield ""


def _parts(question: Question) -> Iterator[str]:
    match question:
        case Single() | Multiple():
            yield "  options:"
            for option in question.options:
                yield from _option(option)
        case Ordering():
            yield "  items:"
            for item in question.items:
                yield from _entry(item.id, {"text": item.text}, item.why, "why it stands here")
            yield from _others("distractors", question.distractors)
        case Matching():
            yield "  pairs:"
            for pair in question.pairs:
                yield from _entry(pair.id, {"prompt": pair.prompt, "answer": pair.answer}, pair.why, "why they belong")
            yield from _others("decoys", question.decoys)
        case Numeric():
            yield f"  value: {_number(question.value)}"
            if question.tolerance:
                yield f"  tolerance: {_number(question.tolerance)}"
            if question.unit:
                yield f"  unit: {_quoted(question.unit)}"
            yield from _slips(question)
        case ShortText():
            yield f"  answers: {_flow(question.answers)}"
            yield from _slips(question)
        case Fix():
            raise ValueError(f"no format brings a request to mend: {question.id}")
        case _:
            assert_never(question)


def _option(option: Option) -> Iterator[str]:
    lines = list(_entry(option.id, {"text": option.text}, option.why, WHY))
    if option.correct:
        lines.insert(1, "      correct: true")
    yield from lines


def _others(key: str, options: tuple[Option, ...]) -> Iterator[str]:
    if options:
        yield f"  {key}:"
        for option in options:
            yield from _entry(option.id, {"text": option.text}, option.why, "why it belongs nowhere")


def _entry(id: str, texts: Mapping[str, str], why: str, missing: str) -> Iterator[str]:
    yield f"    - id: {_quoted(id)}"
    for key, text in texts.items():
        yield from _text(f"      {key}", text)
    yield from _text("      why", why, missing)


def _slips(question: Numeric | ShortText) -> Iterator[str]:
    if question.slips:
        yield "  slips:"
        for slip in question.slips:
            yield f"    - answer: {_quoted(slip.answer)}"
            yield from _text("      why", slip.why, "what it tells about their thinking")


def _text(key: str, text: str, missing: str = "", *, colon: bool = True) -> Iterator[str]:
    """Yield a key with its text: folded where it is long, else in quotes; both are read back as they were."""
    lead = f"{key}:" if colon else key
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    if len(text) > WIDTH - len(lead) and _WORDS.fullmatch(text) and not text.startswith("#"):
        yield f"{lead} >-"
        folded = wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (f"{indent}{line}" for line in folded)
    else:
        yield f"{lead} {_quoted(text)}{f'  # missing: {missing}' if missing and not text.strip() else ''}"


def _flow(value: object) -> str:
    """Return an answer as YAML on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_quoted(str(key))}: {_quoted(str(each))}' for key, each in value.items())}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(str(each)) for each in value)}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(inert(text), ensure_ascii=False)


def _number(value: float) -> str:
    return number_text(value)
