"""A question on paper: what is asked, with room to answer, and where it is wanted the key with all reasons."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import assert_never

from course.printed.blocks import blocks, table
from course.printed.markdown import code, flow, phrase
from course.report.frame import html
from quiz.exhibit import Exhibit
from quiz.grading import grade, solution
from quiz.presentation import choices, laid_out, posed
from quiz.questions import Case, Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

BOX = "☐"
LINE = '<span class="line"></span>'
LINES = 4
"""That a sentence has room in."""


def question(given: Question, number: int, seed: int, *, answers: bool) -> Iterator[str]:
    """Yield a question as it is posed under a seed; only with `answers` is anything of its key in what is yielded."""
    asked = posed(given, seed)
    yield '<section class="question">'
    if asked.case is not None and asked.case.place == 1:
        yield from _scenario(asked.case)
    yield f"<h3>Question {number}</h3>"
    yield flow(asked.stem)
    yield from _exhibit(asked.exhibit)
    yield from _room(asked)
    if answers:
        yield '<div class="key">'
        yield from _key(asked)
        yield "</div>"
    yield "</section>"


def _scenario(case: Case) -> Iterator[str]:
    yield f"<h3>A case, with {case.of} questions</h3>"
    yield flow(case.stem)
    yield from _exhibit(case.exhibit)


def _exhibit(exhibit: Exhibit | None) -> Iterator[str]:
    if exhibit is not None:
        yield '<div class="exhibit">'
        yield from blocks(exhibit.blocks())
        yield "</div>"


def _room(asked: Question) -> Iterator[str]:
    match asked:
        case Single() | Multiple():
            how = "Choose one." if isinstance(asked, Single) else "Choose all that are right."
            yield from _listed(how, [f"{BOX} {phrase(option.text)}" for option in asked.options])
        case Ordering():
            some = bool(asked.distractors)
            how = "Number those that belong, the first one 1." if some else "Number them, the first one 1."
            yield from _listed(how, [f'<span class="blank"></span> {phrase(each.text)}' for each in laid_out(asked)])
        case Matching():
            rows = [(phrase(pair.prompt), '<span class="blank"></span>') for pair in asked.pairs]
            yield from table(("Give each a partner", "Its letter"), rows)
            partners = [f"{_letter(at)}: {phrase(each.text)}" for at, each in enumerate(choices(asked))]
            yield from _listed("Partners, of which some may be left over:", partners)
        case Numeric():
            yield f'<p>Answer: <span class="blank wide"></span> {html(asked.unit)}</p>'
        case ShortText():
            how, lines = ("Answer in a sentence.", LINES) if asked.concepts else ("A word or a name.", 1)
            yield f'<p class="how">{how}</p>'
            yield LINE * lines
        case Fix():
            yield '<p class="how">Mend this request. Strike out and write beside it, or hand in a file.</p>'
            yield code(asked.request)
        case _:
            assert_never(asked)


def _key(asked: Question) -> Iterator[str]:
    match asked:
        case Fix():  # to judge it would take runs, and its solution is known to be right
            yield "<h4>A right answer</h4>"
            yield code(asked.solution)
        case Numeric():
            yield f"<h4>The right answer: {html(str(solution(asked)))} {html(asked.unit)}</h4>"
            yield from _reasons([(f"Not {html(each.answer)}", each.why) for each in asked.slips])
        case ShortText():
            called = "A model answer" if asked.concepts else "The right answer"
            yield f"<h4>{called}: {' / '.join(map(phrase, asked.answers))}</h4>"
            yield from _reasons([("It has to be said", each.say) for each in asked.concepts])
            yield from _reasons([("It is wrong to say", each.say) for each in asked.wrong])
            yield from _reasons([(f"Not {html(each.answer)}", each.why) for each in asked.slips])
        case Single() | Multiple() | Ordering() | Matching():
            yield "<h4>The key</h4>"
            details = grade(asked, solution(asked)).details
            signs = _signs(asked)
            yield from _reasons(
                [
                    (f"{signs.get(each.id, '✓') if each.correct else '✗'} {phrase(each.text)}", each.why)
                    for each in details
                ]
            )
        case _:
            assert_never(asked)
    yield flow(asked.explain)


def _signs(asked: Question) -> dict[str, str]:
    """Return what has to be written beside each part, by its id; nothing where it is only ticked."""
    match asked:
        case Ordering():
            return {each.id: f"{place}." for place, each in enumerate(asked.items, 1)}
        case Matching():
            letters = {each.text: _letter(at) for at, each in enumerate(choices(asked))}
            return {pair.id: f"{letters[pair.answer]} –" for pair in asked.pairs}
        case _:
            return {}


def _reasons(reasons: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is so, which is HTML, and why, which is Markdown."""
    if reasons:
        yield "<ul>" + "".join(f"<li>{what}: {phrase(why)}</li>" for what, why in reasons) + "</ul>"


def _listed(how: str, entries: list[str]) -> Iterator[str]:
    yield f'<p class="how">{how}</p>'
    yield '<ul class="room">' + "".join(f"<li>{entry}</li>" for entry in entries) + "</ul>"


def _letter(at: int) -> str:
    """Return A to Z, then A2 and so on."""
    round_, letter = divmod(at, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(round_ + 1) if round_ else "")
