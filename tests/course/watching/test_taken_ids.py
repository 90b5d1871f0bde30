"""Ids that are taken while somebody writes: told, and in nobody's way."""

from __future__ import annotations

from pathlib import Path

from course.content.pack import Pack
from course.content.packs import Packs
from course.watching.preview import PackPreview
from tests.course.content.conftest import FILES, write_pack

MORE = "  - {id: more, numeral: II, title: More, topics: [{lesson: 01-fleets}]}\n"


def test_an_id_of_another_pack_has_one_row(root: Path, tmp_path: Path):
    """The screens know rows by id, so a second one would leave them empty; the pack's own is shown."""
    other = write_pack(tmp_path / "other", FILES)
    lesson = root / "01-fleets/lesson.yaml"
    lesson.write_text(lesson.read_text().replace("title: ", "title: Mine, "))
    catalog = PackPreview(root, lambda: Packs((Pack(other),))).catalog

    [topic] = catalog.outline.topics
    assert topic.title.startswith("Mine, ")
    assert [term.id for term in catalog.terms()] == ["blue", "green"]
    assert sorted(catalog.outline.terms) == ["blue", "green"]


def test_a_lesson_that_is_listed_twice_has_one_row(root: Path):
    """Where it stands first."""
    course = root / "course.yaml"
    preview = PackPreview(root, lambda: Packs(()))
    course.write_text(course.read_text() + MORE)
    preview.look()

    assert [topic.id for topic in preview.catalog.outline.topics] == ["fleets"]
