"""Questions as a table for colleagues who review them in a program for tables: CSV, a row for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import assert_never

from course.characters import harmless
from course.interchange.entry import Entry, model, reasons
from course.interchange.features import COMPUTED, KEPT, PROOFS, Fates, changed, dropped
from course.report.plots import told
from course.syllabus import Plot, Prose
from quiz.exhibit import Exhibit
from quiz.numbers import number_text
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

FATES: Fates = {
    **dict.fromkeys(("single", "multiple", "ordering", "distractors", "matching", "decoys", "numeric"), KEPT),
    **dict.fromkeys(("tolerance", "unit", "words", "slips", "whys", "places", "explain", "hints"), KEPT),
    "sentence": changed("there are the model answers and what must be said, without the phrases that say it"),
    "fix": changed("there are the request and a solution, without what is asked of other solutions"),
    "case": changed("the scenario stands in each of its rows"),
    "exhibit": KEPT,
    "plot": changed("they are told in words"),
    "lesson": KEPT,
    "sources": dropped("they belong to the lesson, not to a question"),
    **dict.fromkeys(("objectives", "level", "revision"), KEPT),
    "computed": COMPUTED,
    "proofs": PROOFS,
}
COLUMNS = (
    "id",
    "lesson",
    "kind",
    "level",
    "objectives",
    "revision",
    "case",
    "stem",
    "exhibit",
    "options",
    "key",
    "reasons",
    "explanation",
    "hints",
)
RIGHT, WRONG = "[x]", "[ ]"


def write(entries: Iterable[Entry]) -> bytes:
    """Return the table; no cell is a formula."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 has it
    rows.writerow(COLUMNS)
    for entry in entries:
        rows.writerow(map(harmless, _cells(entry)))
    return out.getvalue().encode("utf-8-sig")  # table programs would take it for Latin-1 without the mark


def _cells(entry: Entry) -> Iterator[str]:
    question, case = entry.question, entry.question.case
    yield entry.id
    yield entry.origin.title
    yield question.kind
    yield question.level or ""
    yield ", ".join(f"{exam}/{each}" for exam, named in (question.objectives or {}).items() for each in named)
    yield str(question.revision)
    yield f"{case.place} of {case.of}: {case.stem.strip()}\n{_words(case.exhibit)}".strip() if case else ""
    yield question.stem.strip()
    yield _words(question.exhibit)
    yield "\n".join(_options(question))
    yield _key(question)
    yield "\n".join(f"{text}: {why}" for text, why in reasons(question) if why)
    yield question.explain.strip()
    yield "\n".join(question.hints)


def _words(exhibit: Exhibit | None) -> str:
    parts = []
    for block in exhibit.blocks() if exhibit else ():
        if isinstance(block, Prose):
            parts.append(block.markdown)
        else:
            parts.append("\n".join(told(block)) if isinstance(block, Plot) else block.row)
    return "\n\n".join(parts)


def _options(question: Question) -> Iterator[str]:
    match question:
        case Single() | Multiple():
            for option in question.options:
                yield f"{RIGHT if option.correct else WRONG} {option.text}"
        case Ordering():
            for place, item in enumerate(question.items, 1):
                yield f"{place}. {item.text}"
            for each in question.distractors:
                yield f"{WRONG} {each.text}"
        case Matching():
            for pair in question.pairs:
                yield f"{pair.prompt} = {pair.answer}"
            for each in question.decoys:
                yield f"{WRONG} {each.text}"
        case Fix():
            yield question.request.rstrip()
        case Numeric() | ShortText():
            pass
        case _:
            assert_never(question)


def _key(question: Question) -> str:
    """Return what is right, where no mark says it."""
    match question:
        case Numeric():
            tolerance = f" ± {number_text(question.tolerance)}" if question.tolerance else ""
            return f"{number_text(question.value)}{tolerance} {question.unit}".rstrip()
        case ShortText() if not question.concepts:
            return "\n".join(question.answers)
        case ShortText() | Fix():
            return model(question)
        case _:
            return ""
