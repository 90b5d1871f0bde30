"""Thousands of questions: their cards are kept, and one question is read without the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.files.folder import Folder
from course.content.packs import built_in_pack, open_packs
from course.content.yaml.errors import ContentError
from course.shelf import Shelf
from tests.course.content.conftest import FILES, LESSON, QUESTIONS, write_pack

ONE = QUESTIONS[QUESTIONS.index("  - id:") :]
FILES_OF_PRACTICE, EACH = 4, 25


def question_file(first: int, count: int) -> str:
    """A file of questions that tell their number."""
    numbered = (
        ONE.replace("which-fleet", f"q-{n}").replace("is new?", f"is new, {n}?") for n in range(first, first + count)
    )
    return "format: 1\nquestions:\n" + "".join(numbered)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The small pack with a hundred questions in four files."""
    names = [f"more-{n}.yaml" for n in range(FILES_OF_PRACTICE)]
    listed = LESSON.replace(
        "questions: [questions.yaml]", f"questions: [questions.yaml]\npractice: [{', '.join(names)}]"
    )
    files = {f"01-fleets/{name}": question_file(n * EACH, EACH) for n, name in enumerate(names)}
    return write_pack(tmp_path / "pack", {**FILES, "01-fleets/lesson.yaml": listed, **files})


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """The names of the files that have been read as YAML documents, and `lines of` those of which only lines were."""
    found: list[str] = []
    document, text = Folder.document, Folder.text

    def reading(self, name):
        if name not in self._documents:
            found.append(name.name)
        return document(self, name)

    def reading_text(self, name):
        found.append(f"text of {name.name}")
        return text(self, name)

    monkeypatch.setattr(Folder, "document", reading)
    monkeypatch.setattr(Folder, "text", reading_text)
    return found


def opened(bank: Path, home: Path):
    return open_packs([bank], home)[0]


def documents(reads: list[str]) -> set[str]:
    return {name for name in reads if name.startswith(("more", "questions"))}


def test_a_second_look_reads_no_question_and_one_reads_only_its_lines(bank, tmp_path, reads):
    """The cards come as they were kept; the question from the text of its file, and from no other file."""
    first = opened(bank, tmp_path / "home").question_cards()
    reads.clear()
    again = opened(bank, tmp_path / "home")

    assert again.question_cards() == first
    assert len(first) == 1 + FILES_OF_PRACTICE * EACH
    reads.clear()
    assert again.question("q-60").stem == "Which fleet is new, 60?"
    assert reads == ["text of more-2.yaml"]


def test_neither_the_outline_nor_a_lesson_reads_questions_for_practice(bank, tmp_path, reads):
    """Nor does the look whether packs share an id."""
    packs, problems = open_packs([built_in_pack(), bank], tmp_path)

    assert not problems
    assert packs.outline.topics
    assert packs.lesson("fleets").questions
    assert not any("more" in name or "computed" in name for name in reads)


def test_a_start_reads_no_questions_for_practice(bank, tmp_path, reads):
    """Not even the first one, with nothing kept."""
    assert Shelf([bank], tmp_path / "home").outline.topics
    assert not any("more" in name for name in reads)


def test_the_next_start_knows_all_cards_without_opening_a_pack(bank, tmp_path, reads):
    """Home may need them: a goal that was missed makes its questions due."""
    home = tmp_path / "home"
    first = Shelf([bank], home)
    cards, outline = first.question_cards(), first.outline
    reads.clear()
    again = Shelf([bank], home)

    assert again.question_cards() == cards
    assert again.has_question("q-60")
    assert not again.has_question("q-600")
    assert again.outline.terms == outline.terms
    assert {"blue", "green"} <= set(outline.terms)
    assert reads == []
    assert "packs" not in vars(again)


def test_cards_of_other_packs_or_of_a_changed_file_are_not_taken(bank, tmp_path):
    """What is kept must be of these packs, and of their files as they are."""
    home = tmp_path / "home"
    with_bank = Shelf([bank], home).question_cards()
    without = Shelf([], home)
    assert without.outline.topics
    assert {card.id for card in Shelf([], home).question_cards()} < {card.id for card in with_bank}

    assert Shelf([bank], home).question_cards() == with_bank
    (bank / "01-fleets" / "more-1.yaml").write_text(question_file(500, 3))
    assert "q-500" in {card.id for card in Shelf([bank], home).question_cards()}


def test_a_changed_file_alone_is_read_anew(bank, tmp_path, reads):
    """The others are as they were."""
    opened(bank, tmp_path / "home").question_cards()
    (bank / "01-fleets" / "more-1.yaml").write_text(question_file(500, 3))
    reads.clear()
    packs = opened(bank, tmp_path / "home")

    assert len(packs.question_cards()) == 1 + 3 * EACH + 3
    assert packs.question("q-501").stem == "Which fleet is new, 501?"
    assert not packs.has_question("q-30")
    assert {name for name in documents(reads) if name.startswith("more")} == {"more-1.yaml"}


def test_each_question_is_the_same_by_its_lines_as_in_its_file(tmp_path):
    """Of all lessons that come with the program, computed ones among them."""
    packs, _ = open_packs([built_in_pack()], tmp_path)
    pack = packs.packs[0]
    found = [question for id in pack.course.lessons for question in pack.whole_lesson(id).bank]

    assert [card.id for card in packs.question_cards()] == sorted(
        (card.id for card in pack.question_cards()), key=[entry.id for entry in packs.question_cards()].index
    )
    assert all(packs.question(question.id) == question for question in found)
    assert all(entry.lines for entry in packs._entries.values())


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\nquestions: [{id: q, kind: numeric, stem: S, value: 1, explain: E, accepts: ['1'], rejects: [a]}]",
        "questions:\n" + ONE.replace("which-fleet", "q") + "format: 1\n",
        "questions:\n  -\n" + ONE.replace("  - id: which-fleet", "    id: q") + "format: 1\n",
        "# first\nformat: 1\nquestions:\n# second\n" + ONE.replace("which-fleet", "q") + "\n\n# last\n",
    ],
    ids=["flow", "format last", "dash alone", "comments"],
)
def test_however_a_file_is_written_its_question_is_found(bank, tmp_path, text):
    """By its lines where it has some of its own, else in the whole file."""
    (bank / "01-fleets" / "more-1.yaml").write_text(text)
    for _ in range(2):
        assert opened(bank, tmp_path / "home").question("q").id == "q"


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1", b"\xff", b'{"format": 1, "files": {"x": 3}}', b'{"format": 9}'])
def test_damaged_cards_are_read_anew(bank, tmp_path, damage):
    """Nothing in that file can keep anybody from practising."""
    right = opened(bank, tmp_path / "home").question_cards()
    (tmp_path / "home" / "questions.json").write_bytes(damage)

    assert opened(bank, tmp_path / "home").question_cards() == right


def test_where_nothing_can_be_kept_questions_are_read_all_the_same(bank, tmp_path):
    """A read-only home costs time only."""
    (tmp_path / "file").write_text("in the way")

    assert opened(bank, tmp_path / "file" / "home").question("q-3").stem == "Which fleet is new, 3?"


def test_an_id_that_is_taken_belongs_to_the_first(bank, tmp_path):
    """A second pack's question for practice does not replace it; `mlcourse check` says so there."""
    other = FILES["course.yaml"].replace("id: small", "id: other")
    files = {
        "course.yaml": other.replace("glossary: glossary.yaml\n", "").replace("01-fleets", "02-more"),
        "02-more/lesson.yaml": "format: 1\nid: more\nrevision: 1\ntitle: M\nminutes: 5\nbody: l.md\npractice: [p.yaml]",
        "02-more/l.md": "## One\n\nText.\n",
        "02-more/p.yaml": question_file(7, 1).replace("is new, 7?", "is taken?"),
    }
    packs, problems = open_packs([bank, write_pack(tmp_path / "other", files)], tmp_path / "home")

    assert not problems
    assert packs.question("q-7").stem == "Which fleet is new, 7?"


def test_a_wrong_file_is_said(bank, tmp_path):
    """At its place, as when a lesson is opened."""
    (bank / "01-fleets" / "more-1.yaml").write_text(question_file(1, 1).replace("kind: single", "kind: sinle"))
    with pytest.raises(ContentError, match=r"more-1.yaml:4:\d+: `kind` is the text 'sinle'"):
        opened(bank, tmp_path / "home").question_cards()
