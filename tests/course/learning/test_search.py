"""Searching."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.learning.search.entries import Entry, entries
from course.learning.search.index import Index, snippet
from course.learning.search.words import asked, beginnings, folded
from tests.course.tui import fakes


def a_page(title, text="", kind="page", place="lesson:l#0"):
    return Entry(kind=kind, title=title, text=text, place=place)


CANARY = a_page("Canary", "A café serves the Señor; WaitIntervalInSeconds lies between two shifts.")
LINEAR = a_page("Linear", "Equal steps, each with its own bake. The canary has two.")
NOTE = a_page("Linear", "ask bob about shifts", kind="note")
INDEX = Index([LINEAR, CANARY, NOTE])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("canary", [CANARY, LINEAR]),
        ("CAN", [CANARY, LINEAR]),
        ("steps linear", [LINEAR]),
        ("linear steps", [LINEAR]),
        ("cafe senor", [CANARY]),
        ("CAFÉ", [CANARY]),
        ("shifts", [NOTE, CANARY]),
        ("interval sec", [CANARY]),
        ("anary", []),
        ("canary poem", []),
        ("", [NOTE]),
        ("  ", [NOTE]),
        ("[/] **", []),
        ("\x1b[31mcanary", []),
        ("canary " * 1500, [CANARY, LINEAR]),
        ("x" * 10_000, []),
    ],
)
def test_what_is_found(query, found):
    """All words, in any order, by their beginnings, without regard to case and accents; titles first, and nothing
    asked for lists what was noted."""
    assert list(INDEX.found(query)) == found


@settings(max_examples=40)
@given(st.text(max_size=30), st.text(max_size=60))
def test_every_word_finds_its_text(title, text):
    """Whatever the letters; and a snippet says where."""
    entry = a_page(title, text)
    index = Index([entry])
    for word in asked(f"{title} {text}"):
        assert index.found(word) == (entry,)
    found = snippet(entry, text)
    for start, end in found.spans:
        assert any(each.startswith(asked(text)) for each in beginnings(found.text[start:end]))


def test_a_snippet_is_one_line_around_the_first_word():
    """What is left out has a sign."""
    entry = a_page("long", "before " * 200 + "the\n needle lies here " + "after " * 200)
    found = snippet(entry, "need")

    assert [found.text[start:end] for start, end in found.spans] == ["needle"]
    assert found.text.startswith("… before ")
    assert found.text.endswith(" …")
    assert "before the needle lies here after" in found.text
    assert len(found.text) < 250


def texts(study):
    return {entry.place: entry.text for entry in entries(study.catalog, study.journal) if entry.kind == "question"}


def test_what_was_not_tried_is_not_given_away():
    """A question is found once it was seen, its explanation once it was answered."""
    seen = fakes.event("lesson-step", "canary", step=2, of=9)
    answered = fakes.event("answered", "wait-field", answer="wait", correct=False, lesson="canary")

    assert texts(fakes.study()) == {}
    [stem] = texts(fakes.study(seen)).values()
    assert "Which field holds" in stem
    assert "lies" not in stem
    [all_of_it] = texts(fakes.study(answered)).values()
    assert "Which field holds" in all_of_it
    assert "lies between two shifts" in " ".join(all_of_it.split())


def test_notes_and_bookmarks_are_found_by_what_they_are_about():
    """Also those of a place that the course does not have any more; what no program knows is left out."""
    study = fakes.study(
        fakes.event("marked", "lesson:canary#1", on=True),
        fakes.event("noted", "run:first-guarded-update/broken/3", text="here"),
        fakes.event("marked", "term:gone", on=True),
        fakes.event("marked", "poem:x", on=True),
    )
    found = Index(entries(study.catalog, study.journal)).found("")

    assert [(entry.kind, entry.title) for entry in found] == [
        ("note", "First guarded update, a run with seed 3"),
        ("bookmark", "Canary traffic shifting: The way back"),
        ("bookmark", "gone"),
    ]


def test_a_lesson_that_cannot_be_read_hides_nothing_else():
    """The others are found."""
    study = fakes.study(catalog=fakes.FakeCatalog(broken={"canary": "no"}))
    places = {entry.place for entry in entries(study.catalog, study.journal)}

    assert "lesson:linear#0" in places
    assert not any(place.startswith("lesson:canary") for place in places)


@settings(max_examples=30)
@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(word):
    """Case and accents are gone for good."""
    assert folded(folded(word)) == folded(word)


def test_ten_thousand_questions_are_quickly_found():
    """Twice as many take about twice as long."""

    def seconds(number):
        many = [
            a_page(f"question {n}", f"stem {n % 97} about topic{n} " + "some words that all of them have " * 5)
            for n in range(number)
        ]
        begun = time.process_time()
        index = Index(many)
        assert len(index.found(f"topic{number - 1}")) == 1
        assert len(index.found("s")) == number
        return time.process_time() - begun

    seconds(500)
    assert seconds(4_000) < 8 * max(seconds(2_000), 0.02)
