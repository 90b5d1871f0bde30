"""Questions as cards of Anki, one each: the question in front; answer, reasons and source behind it.

Ids are for ever: whoever imports a second time has the same cards, brought up to date, and keeps their schedule.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from course.characters import inert
from course.interchange import hypertext
from course.interchange.entry import Entry, model, reasons
from course.interchange.features import COMPUTED, KEPT, PROOFS, Fates, changed
from quiz.numbers import number_text
from quiz.presentation import choices, laid_out
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

if TYPE_CHECKING:
    from genanki import Deck, Model, Note

FATES: Fates = {
    **dict.fromkeys(("single", "multiple", "ordering", "distractors", "matching"), changed("you judge yourself")),
    "decoys": KEPT,
    **dict.fromkeys(("numeric", "words", "sentence", "fix"), changed("you judge yourself")),
    **dict.fromkeys(("tolerance", "unit", "slips"), KEPT),
    "case": changed("the scenario stands above each of its questions"),
    "exhibit": KEPT,
    "plot": changed("they are pictures, with their words for whoever does not see them"),
    **dict.fromkeys(("whys", "places", "explain", "hints"), KEPT),
    "lesson": changed("they are decks"),
    "sources": KEPT,
    **dict.fromkeys(("objectives", "level", "revision"), changed("they are tags")),
    "computed": COMPUTED,
    "proofs": PROOFS,
}
MODEL = 1_873_402_561
"""The number of our kind of note, drawn once."""
FIELDS = ("Id", "Question", "Options", "Answer", "Reasons", "Hints", "Source")
_CARD = '<div class="tex2jax_ignore">{{{{Question}}}}{{{{Options}}}}{}</div>'
"""No formula is looked for in a card: what looks like one is text."""
FRONT = _CARD.format('{{#Hints}}<p class="hint">{{hint:Hints}}</p>{{/Hints}}')
BACK = _CARD.format('<hr id="answer"/>{{Answer}}{{Reasons}}{{Source}}')
STYLE = """\
.card { font: 18px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 0 1rem; text-align: left; }
pre { font-size: 14px; white-space: pre-wrap; } img { max-width: 100%; background: #fff; }
table { border-collapse: collapse; } th, td { border: 1px solid #999; padding: .2rem .5rem; text-align: left; }
.struck { text-decoration: line-through; } .source, .hint { font-size: 14px; }
"""
_FORMULA = re.compile(r"\[(?=sound:|latex\]|\$|anki:|/)", re.IGNORECASE)
"""What Anki takes for a sound or a formula, wherever it stands in a field."""
_LAST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of the files in the package: a zip knows none before it."""


def write(entries: Iterable[Entry], now: datetime) -> bytes:
    """Return the package; `now` is when its notes were changed, and equal times give equal bytes."""
    from genanki import Deck

    kind = _model()
    decks: dict[str, Deck] = {}
    pictures: hypertext.Pictures = {}
    for entry in entries:
        title = " ".join(inert(entry.origin.title).split()).replace("::", ": :")
        deck = decks.setdefault(entry.origin.id, Deck(_number(f"deck {entry.origin.id}"), f"mlcourse::{title}"))
        note, drawn = _note(entry, kind)
        deck.add_note(note)
        pictures |= drawn
    return _package(list(decks.values()), pictures, now.timestamp())


def guid(id: str) -> str:
    """Return the note's id, which is the same for ever."""
    from genanki import guid_for

    return str(guid_for("mlcourse", id))


def _package(decks: list[Deck], pictures: hypertext.Pictures, at: float) -> bytes:
    from genanki import Package

    with closing(sqlite3.connect(":memory:")) as database:
        Package(decks).write_to_db(database.cursor(), at, itertools.count(int(at * 1000)))
        database.commit()
        files = {"collection.anki2": database.serialize()}
    names = dict(enumerate(pictures))
    files["media"] = json.dumps(names).encode()
    files |= {str(number): pictures[name] for number, name in names.items()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, _LAST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _model() -> Model:
    from genanki import Model

    template = {"name": "Question", "qfmt": FRONT, "afmt": BACK}
    return Model(MODEL, "mlcourse", [{"name": name} for name in FIELDS], [template], STYLE)


def _note(entry: Entry, kind: Model) -> tuple[Note, hypertext.Pictures]:
    from genanki import Note

    question = entry.mixed
    shown, pictures = hypertext.asked(question, f"mlcourse-{entry.id}", lambda name: name)
    told = hypertext.flow(question.explain)
    hints = "".join(f"<li>{hypertext.phrase(hint)}</li>" for hint in question.hints)
    links = (f"<a href={hypertext.quoted(url)}>{hypertext.literal(url)}</a>" for url in entry.origin.sources)
    source = f"{hypertext.literal(entry.origin.title)}<br/>{'<br/>'.join(links)}"
    fields = (
        hypertext.literal(entry.id),
        shown,
        _options(question),
        "".join(f"<p><strong>{line}</strong></p>" for line in _answer(question)) + _solution(question),
        hypertext.listed(reasons(question)) + told,
        f"<ol>{hints}</ol>" if hints else "",
        f'<p class="source">{source}</p>',
    )
    tags = ["mlcourse", *(re.sub(r"\s+", "-", tag.replace(":", "::", 1)) for tag in entry.tags)]
    return Note(kind, [_FORMULA.sub("&#91;", field) for field in fields], tags=tags, guid=guid(entry.id)), pictures


def _options(question: Question) -> str:
    """Return what there is to choose from."""
    match question:
        case Single() | Multiple():
            several = "<p>Choose all that are right.</p>" if isinstance(question, Multiple) else ""
            return f"{several}{_list('ol', (option.text for option in question.options))}"
        case Ordering():
            leave = " Some of them belong to no place." if question.distractors else ""
            return f"<p>Put them in order.{leave}</p>{_list('ul', (each.text for each in laid_out(question)))}"
        case Matching():
            prompts = _list("ul", (pair.prompt for pair in question.pairs))
            return f"<p>Give each a partner:</p>{prompts}{_list('ol', (each.text for each in choices(question)))}"
        case Numeric():
            return hypertext.in_unit(question)
        case ShortText() | Fix():
            return ""
        case _:
            assert_never(question)


def _answer(question: Question) -> Iterator[str]:
    """Yield the right answer line by line."""
    match question:
        case Single() | Multiple():
            yield from (hypertext.phrase(option.text) for option in question.options if option.correct)
        case Ordering():
            texts = {item.id: item.text for item in question.items}
            order = getattr(question, "order", tuple(texts))
            yield from (f"{place}. {hypertext.phrase(texts[id])}" for place, id in enumerate(order, 1))
        case Matching():
            for pair in question.pairs:
                yield f"{hypertext.phrase(pair.prompt)} = {hypertext.phrase(pair.answer)}"
        case Numeric():
            about = f" ± {number_text(question.tolerance)}" if question.tolerance else ""
            yield hypertext.literal(f"{number_text(question.value)}{about} {question.unit}".rstrip())
        case ShortText() if question.concepts:
            yield from (hypertext.phrase(line) for line in model(question).split("\n"))
        case ShortText():
            yield " or ".join(hypertext.phrase(answer) for answer in question.answers)
        case Fix():
            yield "A solution:"
        case _:
            assert_never(question)


def _solution(question: Question) -> str:
    return hypertext.code(model(question)) if isinstance(question, Fix) else ""


def _list(tag: str, texts: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{hypertext.phrase(text)}</li>' for text in texts)}</{tag}>"


def _number(name: str) -> int:
    """Return a number that Anki takes for an id, the same for the same name."""
    return (1 << 30) + int.from_bytes(sha256(f"mlcourse {name}".encode()).digest()[:4], "big") % (1 << 30)
