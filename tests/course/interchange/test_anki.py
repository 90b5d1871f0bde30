"""A package of Anki, opened as what it is: a zip with a database in it."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from lxml import html

from course.interchange import markdown
from course.interchange.anki import FIELDS, guid, write
from quiz.questions import Multiple, Numeric, ShortText, Single, Slip
from tests.course.interchange.given import QUESTIONS, built_in, entry, said, short, spaced
from tests.course.interchange.test_moodle import Shown

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
WORDS = ShortText(id="w", stem="What?", explain="So.", answers=("a",), exhibit=Shown("..."))


def opened(data):
    """Return decks by number, models by number, notes, cards and the pictures of a package."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        names = json.loads(package.read("media"))
        pictures = {name: package.read(number) for number, name in names.items()}
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(package.read("collection.anki2"))
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            decks, models = (json.loads(text) for text in database.execute("SELECT decks, models FROM col").fetchone())
            notes = database.execute("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id").fetchall()
            cards = database.execute("SELECT nid, did FROM cards").fetchall()
    told = [
        dict(zip(FIELDS, flds.split("\x1f"), strict=True), guid=id, tags=tags.split()) for _, id, _, tags, flds in notes
    ]
    return decks, models, told, cards, pictures


def test_the_whole_course_becomes_decks(course):
    """A deck for each lesson, a note and a card for each question, and each deck has its own cards."""
    decks, models, notes, cards, _ = opened(write(course, NOW))
    lessons = {each.origin.title for each in course}

    assert {deck["name"] for deck in decks.values()} - {"Default"} == {f"mlcourse::{title}" for title in lessons}
    assert [note["Id"] for note in notes] == [each.id for each in course]
    assert len(cards) == len(notes)
    assert len(models) == 1
    assert len({note["guid"] for note in notes}) == len(course)
    for deck in decks.values():
        count = sum(f"mlcourse::{each.origin.title}" == deck["name"] for each in course)
        assert sum(did == deck["id"] for _, did in cards) == count


def test_a_second_import_updates():
    """Numbers of notes, kinds and decks do not depend on texts or the time: Anki keeps the schedule of the cards."""
    before = opened(write([entry(WORDS)], NOW))
    later = opened(write([entry(replace(WORDS, stem="What now?"))], NOW + timedelta(days=3)))

    assert [note["guid"] for note in before[2]] == [note["guid"] for note in later[2]] == [guid("w")]
    assert set(before[0]) == set(later[0])
    assert set(before[1]) == set(later[1])
    assert before[2][0]["Question"] != later[2][0]["Question"]


def test_a_card_has_all_that_is_told(course):
    """Question and options in front; the answer, each reason, hints and sources behind; tags for what it serves."""
    [each] = [each for each in course if each.id == "canary-first-error"]
    _, _, [note], _, _ = opened(write([each], NOW))
    question = each.question

    assert short(question.options[1].text) in markdown.seen(note["Answer"])
    assert markdown.seen(note["Question"]) == said(question.stem)
    for option in question.options:
        assert short(option.text) in markdown.seen(note["Options"])
        assert short(option.why) in markdown.seen(note["Reasons"])
        assert option.correct == (short(option.text) in markdown.seen(note["Answer"]))
    assert all(short(hint) in markdown.seen(note["Hints"]) for hint in question.hints)
    assert '<a href="https://example.org">' in note["Source"]
    assert {"mla-c01/3.3", "level::analyse", "revision::2"} <= set(note["tags"])


def test_a_plot_is_a_picture_in_the_package():
    """Its words are its alternative text."""
    _, _, [note], _, pictures = opened(write([entry(WORDS)], NOW))
    [image] = html.fragment_fromstring(note["Question"], create_parent=True).iter("img")

    assert list(pictures) == [image.get("src")] == ["mlcourse-w-1.png"]
    assert pictures["mlcourse-w-1.png"].startswith(b"\x89PNG")
    assert image.get("alt").startswith("A plot: T. Across: x. Upwards: y.")


@settings(max_examples=20)
@given(QUESTIONS)
def test_texts_are_texts(question):
    """No sign of a text becomes an element, a script, a sound or a formula."""
    _, _, [note], _, _ = opened(write([entry(question)], NOW))
    told = [note[name] for name in FIELDS]

    assert markdown.seen(note["Question"]) == said(question.stem)
    if isinstance(question, Single | Multiple):
        texts = sorted(spaced(short(option.text)) for option in question.options)
        items = html.fragment_fromstring(note["Options"], create_parent=True).iter("li")
        assert sorted(spaced(item.text_content()) for item in items) == texts
    for field in told:
        assert "[sound:" not in field
        assert not {"script", "b"} & {each.tag for each in html.fragment_fromstring(field, create_parent=True).iter()}


def test_equal_questions_at_an_equal_time_give_equal_bytes(course):
    """What changes a package is a question or the time."""
    assert write(course[:10], NOW) == write(course[:10], NOW)
    assert write(course[:10], NOW) != write(course[:10], NOW + timedelta(seconds=1))


def test_computed_questions_are_cards_with_numbers_of_their_own():
    """One for each seed, with an id of its own."""
    some = [each for each in built_in(seeds=(1, 2, 3)) if each.id.startswith("canary-share")]
    _, _, notes, _, _ = opened(write(some, NOW))

    assert [note["Id"] for note in notes] == ["canary-share-s1", "canary-share-s2", "canary-share-s3"]
    assert len({note["Question"] for note in notes}) == 3
    assert not any("{" in note["Question"] for note in notes)


@pytest.mark.parametrize("tolerance", [0.0, 0.5])
def test_a_number_has_its_tolerance_and_unit(tolerance):
    """Both stand beside it, and slips with their reasons."""
    slips = (Slip(answer="9", why="You added."),)
    question = Numeric(id="n", stem="?", explain="!", value=2, tolerance=tolerance, unit="ms", slips=slips)
    _, _, [note], _, _ = opened(write([entry(question)], NOW))

    assert markdown.seen(note["Answer"]) == ("2 ± 0.5 ms" if tolerance else "2 ms").join(("**", "**")).strip("*")
    assert "9: You added." in markdown.seen(note["Reasons"])
