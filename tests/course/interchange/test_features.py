"""What a format says that it keeps is in its files, what it says that it drops is not, and the documents say so too."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from course.cli.authoring import exporting, importing
from course.interchange.entry import Entry, Origin
from course.interchange.features import FEATURES, losses, summary
from course.interchange.formats import FORMATS, READERS, SUFFIXES
from course.syllabus import Plot, Prose
from quiz.exhibit import Exhibit
from quiz.questions import (
    Case,
    Concept,
    Fix,
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    ShortText,
    Single,
    Slip,
)
from quiz.verdict import RIGHT

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PAGE = Path(__file__).parents[3] / "docs" / "interchange.md"


class Shown(Exhibit):
    """An exhibit of words alone."""

    __slots__ = ()

    def blocks(self):
        """One text."""
        return (Prose(markdown="EXHIBIT"),)


class Drawn(Exhibit):
    """An exhibit with a plot."""

    __slots__ = ()

    def blocks(self):
        """One plot."""
        return (Plot(title="PLOT", x="x", y="y", series={"blue": ((0, 0), (1, 1))}),)


class Anything:
    """A judge that takes any request."""

    def judge(self, text):
        """Say that it is right."""
        return RIGHT


TWO = (Option(id="a", text="RIGHT", why="WHY", correct=True), Option(id="b", text="LEFT", why="WHYNOT"))
STEPS = (Item(id="a", text="STEPONE", why="PLACEONE"), Item(id="b", text="STEPTWO", why="PLACETWO"))
PAIRS = (
    Pair(id="a", prompt="PROMPTA", answer="ANSWERA", why="PAIRWHYA"),
    Pair(id="b", prompt="PROMPTB", answer="ANSWERB", why="PAIRWHYB"),
)
SPARE = (Option(id="d", text="SPARE", why="SPAREWHY"),)
BASE = {"id": "q", "stem": "STEM", "explain": "EXPLAIN"}
OF = {
    "single": (Single(**BASE, options=TWO), ("RIGHT", "LEFT")),
    "multiple": (Multiple(**BASE, options=(*TWO, Option(id="c", text="OTHER", why="W", correct=True))), ("OTHER",)),
    "ordering": (Ordering(**BASE, items=STEPS), ("STEPONE", "STEPTWO")),
    "distractors": (Ordering(**BASE, items=STEPS, distractors=SPARE), ("STEPTWO", "SPARE")),
    "matching": (Matching(**BASE, pairs=PAIRS), ("PROMPTA", "ANSWERB")),
    "decoys": (Matching(**BASE, pairs=PAIRS, decoys=SPARE), ("SPARE",)),
    "numeric": (Numeric(**BASE, value=4711), ("4711",)),
    "tolerance": (Numeric(**BASE, value=4711, tolerance=0.125), ("0.125",)),
    "unit": (Numeric(**BASE, value=4711, unit="UNIT"), ("UNIT",)),
    "words": (ShortText(**BASE, answers=("WORD",)), ("WORD",)),
    "slips": (Numeric(**BASE, value=4711, slips=(Slip(answer="815", why="SLIPWHY"),)), ("815", "SLIPWHY")),
    "sentence": (
        ShortText(**BASE, answers=("MODEL",), concepts=(Concept(id="c", any=("PHRASE",), say="SAYIT"),)),
        ("MODEL",),
    ),
    "fix": (Fix(**BASE, request="REQUEST", lab="l", solution="SOLUTION", judge=Anything()), ("REQUEST", "SOLUTION")),
    "case": (ShortText(**BASE, answers=("a",), case=Case(id="c", stem="SCENARIO", place=1, of=2)), ("SCENARIO",)),
    "exhibit": (ShortText(**BASE, answers=("a",), exhibit=Shown("x")), ("EXHIBIT",)),
    "plot": (ShortText(**BASE, answers=("a",), exhibit=Drawn("x")), ("PLOT",)),
    "whys": (Single(**BASE, options=TWO), ("WHY", "WHYNOT")),
    "places": (Matching(**BASE, pairs=PAIRS), ("PAIRWHYA", "PAIRWHYB")),
    "explain": (Single(**BASE, options=TWO), ("EXPLAIN",)),
    "hints": (Single(**BASE, options=TWO, hints=("HINT",)), ("HINT",)),
    "lesson": (Single(**BASE, options=TWO), ("LESSON",)),
    "sources": (Single(**BASE, options=TWO), ("SOURCE",)),
    "objectives": (Single(**BASE, options=TWO, objectives={"exam": ("7.7",)}), ("exam/7.7",)),
    "level": (Single(**BASE, options=TWO, level="evaluate"), ("evaluate",)),
    "revision": (Single(**BASE, options=TWO, revision=321), ("321",)),
    "computed": (Single(**BASE, options=TWO), ("RIGHT",)),
    "proofs": (ShortText(**BASE, answers=("a",), rejects=("REJECTED",)), ("REJECTED",)),
}
"""A question that has the feature, and words that are nowhere else in it."""


def made(feature):
    """Return an entry that has a feature."""
    origin = Origin(id="l", title="LESSON", sources=("https://example.org/SOURCE",))
    return Entry(id="q", question=OF[feature][0], origin=origin, computed=feature == "computed")


def everything(data):
    """Return all text of a file, of packages that of all their files."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(BytesIO(data)) as package:
        return " ".join(package.read(name).decode("latin-1") for name in package.namelist())


@pytest.mark.parametrize("feature", [feature.id for feature in FEATURES])
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_said_to_be_kept_is_there(name, feature):
    """And what is dropped is nowhere in the file."""
    entry, form = made(feature), FORMATS[name]
    text = everything(form.write([entry], NOW)).replace("level::", "level:")
    there = [word in text for word in OF[feature][1]]

    assert FORMATS[name].fates[feature].fate in ("kept", "changed", "dropped")
    assert all(there) if form.fates[feature].fate != "dropped" else not any(there)
    lost = [each for each in losses([entry], form.fates) if each.what == feature]
    assert bool(lost) == (form.fates[feature].fate != "kept")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_speaks_of_every_feature(name):
    """In words, wherever something is not kept."""
    fates = FORMATS[name].fates

    assert set(fates) == {feature.id for feature in FEATURES} == set(OF)
    assert all(bool(each.how) == (each.fate != "kept") for each in fates.values())


def test_the_summary_counts():
    """One sentence for each feature that is changed or dropped."""
    entries = [made("hints"), made("hints"), made("plot")]
    said = list(summary(losses(entries, FORMATS["gift"].fates)))

    assert "2 hints dropped: GIFT has none." in said
    assert "1 plot changed: they are told in words, for GIFT has no pictures." in said
    assert len(said) == len({each.what for each in losses(entries, FORMATS["gift"].fates)})


def test_the_page_shows_the_table():
    """A row for each feature, a column for each format; what is changed or dropped stands below it."""
    text = PAGE.read_text()
    head, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in re.findall(r"^\|.*\|$", text, re.M)]
    body = [row for row in rows if not set(row[0]) <= set("-")]

    assert head[1:] == [form.title for form in FORMATS.values()]
    assert body == [[feature.many, *(form.fates[feature.id].fate for form in FORMATS.values())] for feature in FEATURES]
    for form in FORMATS.values():
        for feature in FEATURES:
            becomes = form.fates[feature.id]
            if becomes.fate != "kept":
                assert f"- {feature.many} {becomes.fate}: {becomes.how}" in " ".join(text.split())


def test_the_command_line_knows_all_formats():
    """Names that are typed are those of the registry."""
    assert tuple(FORMATS) == exporting.FORMATS
    assert tuple(READERS) == importing.FORMATS
    assert set(SUFFIXES.values()) == set(READERS)
