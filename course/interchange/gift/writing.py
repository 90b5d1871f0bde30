"""Questions as GIFT: what Moodle reads of it, which is more than others do.

https://docs.moodle.org/en/GIFT_format; texts are HTML, all on one line, and what GIFT would obey is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from course.characters import inert
from course.interchange import hypertext
from course.interchange.entry import Entry, model, numbers, reasons
from course.interchange.features import COMPUTED, KEPT, PROOFS, Fates, changed, dropped
from quiz.numbers import number_text
from quiz.presentation import choices
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

FATES: Fates = {
    "single": KEPT,
    "multiple": changed("each right option counts its share, and a wrong one takes all of it away"),
    "ordering": changed("they become matchings of places and steps, and each place counts its share"),
    "distractors": changed("they become matchings of places and steps, with the others to choose from"),
    "matching": changed("each pair counts its share"),
    "decoys": KEPT,
    "numeric": KEPT,
    "tolerance": KEPT,
    "unit": changed("they stand below the question, and are not read with an answer"),
    "words": changed("other accents and punctuation are not forgiven, and with an arrow, ->, they become essays"),
    "slips": KEPT,
    "sentence": changed("they become essays, for GIFT cannot judge by concepts; the model answer is told afterwards"),
    "fix": changed("they become essays, for GIFT knows no lab; the solution is told afterwards"),
    "case": changed("the scenario stands above each of its questions"),
    "exhibit": KEPT,
    "plot": changed("they are told in words, for GIFT has no pictures"),
    "whys": KEPT,
    "places": changed("they stand in the general feedback"),
    "explain": KEPT,
    "hints": dropped("GIFT has none"),
    "lesson": changed("they are categories"),
    "sources": dropped("GIFT has no place for them"),
    "objectives": changed("they are tags, which stand in a comment that Moodle reads"),
    "level": changed("they are tags, which stand in a comment that Moodle reads"),
    "revision": changed("they are tags, which stand in a comment that Moodle reads"),
    "computed": COMPUTED,
    "proofs": PROOFS,
}
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\#=~{}:"} | {"\n": "\\n"})
ALL = "100"


def write(entries: Iterable[Entry]) -> bytes:
    """Return the file."""
    blocks: list[str] = []
    lesson = None
    for entry in entries:
        if entry.origin.id != lesson:
            lesson = entry.origin.id
            blocks.append(f"$CATEGORY: $course$/mlcourse/{category(entry.origin.title)}")
        blocks.append(_block(entry))
    return "".join(f"{block}\n\n" for block in blocks).encode()


def category(title: str) -> str:
    """Return the title of a lesson as one step of Moodle's path of categories."""
    return " ".join(inert(title).split()).replace("/", "//")


def share(of: int) -> str:
    """Return the share of one right answer among several, as exact as Moodle keeps it: all together are never more
    than 100."""
    whole, rest = divmod(10_000_000 // of, 100_000)
    return f"{whole}.{rest:05d}".rstrip("0").rstrip(".")


def _block(entry: Entry) -> str:
    question = entry.question if isinstance(entry.question, Ordering) else entry.mixed
    tags = " ".join(f"[tag:{tag}]" for tag in entry.tags)
    stem, _ = hypertext.asked(question, entry.id)
    if isinstance(question, Numeric):
        stem += hypertext.in_unit(question)
    lines = "".join(f"\t{line}\n" for line in (*_answers(question), f"####{_html(_afterwards(question))}"))
    begin = "#\n" if isinstance(question, Numeric) else "\n"
    return f"// [id:{entry.id}] {tags}\n::{_escaped(entry.id)}::[html]{_html(stem)}{{{begin}{lines}}}"


def _answers(question: Question) -> Iterator[str]:
    match question:
        case Single():
            for option in question.options:
                yield f"{'=' if option.correct else '~'}{_html(hypertext.phrase(option.text))}{_reason(option.why)}"
        case Multiple():
            right = share(sum(option.correct for option in question.options))
            for option in question.options:
                weight = right if option.correct else f"-{ALL}"
                yield f"~%{weight}%{_html(hypertext.phrase(option.text))}{_reason(option.why)}"
        case Ordering():
            for place, item in enumerate(question.items, 1):
                yield f"={place}. -> {_escaped(item.text)}"
            for each in question.distractors:
                yield f"= -> {_escaped(each.text)}"
        case Matching():
            for pair in question.pairs:
                yield f"={_html(hypertext.phrase(pair.prompt))} -> {_escaped(pair.answer)}"
            for text in spare(question):
                yield f"= -> {_escaped(text)}"
        case Numeric():
            yield f"=%{ALL}%{number_text(question.value)}:{number_text(question.tolerance)}"
            for number, slip in numbers(question):
                yield f"=%0%{number}:0{_reason(slip.why)}"
        case ShortText():
            if judged_by_words(question):
                for answer in question.answers:
                    yield f"=%{ALL}%{_word(answer)}"
                for slip in question.slips:
                    yield f"=%0%{_word(slip.answer)}{_reason(slip.why)}"
        case Fix():
            pass
        case _:
            assert_never(question)


def judged_by_words(question: ShortText) -> bool:
    """Can a list of words say what is right? GIFT takes a word with an arrow for a pair."""
    return not question.concepts and not any("->" in each for each in (*question.answers, *_slips(question)))


def spare(question: Matching) -> Sequence[str]:
    """Return the answers that belong to no prompt."""
    taken = {pair.answer for pair in question.pairs}
    return [choice.text for choice in choices(question) if choice.text not in taken]


def starred(word: str) -> str:
    """Return a word in which an asterisk stands for itself; by itself it stands for anything."""
    return word.replace("*", "\\*")


def _slips(question: ShortText) -> Iterator[str]:
    return (slip.answer for slip in question.slips)


def _afterwards(question: Question) -> str:
    """Return what is told after any answer: reasons that have no place of their own, and the explanation."""
    told = hypertext.flow(question.explain)
    match question:
        case Ordering() | Matching():
            return hypertext.listed(reasons(question)) + told
        case Fix():
            return f"<p>A solution:</p>{hypertext.code(model(question))}{told}"
        case ShortText() if not judged_by_words(question):
            lines = "".join(f"<p>{hypertext.phrase(line)}</p>" for line in model(question).split("\n"))
            return f"{lines}{hypertext.listed(reasons(question))}{told}"
        case _:
            return told


def _word(word: str) -> str:
    """Return a word that is compared as it is; what looks like the name of a format is none."""
    told = _escaped(starred(word))
    return f"[plain]{told}" if told.startswith("[") else told


def _reason(why: str) -> str:
    return f"#{_html(hypertext.phrase(why))}" if why.strip() else ""


def _html(text: str) -> str:
    """Return HTML whose beginning is neither the name of a format nor a weight, with braces that no reader counts."""
    shown = text.strip().replace("{", "&lbrace;").replace("}", "&rbrace;")
    return _escaped(f"&#{ord(shown[0])};{shown[1:]}" if shown[:1] in ("[", "%") else shown)


def _escaped(text: str) -> str:
    """Return a text that GIFT takes for text."""
    return " ".join(inert(text).strip().split("\t")).translate(_ESCAPED)
