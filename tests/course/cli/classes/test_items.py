"""`mlcourse class items` and `mlcourse quiz items`, from files to what is printed."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from course import wiring
from course.classes import submission
from course.content.packs import Packs, open_packs
from course.history import Event
from course.question_reports import QuestionReport, written
from course.store import exchange
from course.store.opening import open_journal
from quiz.questions import Single

BEGAN = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def packs(tmp_path_factory) -> Packs:
    from course.content.packs import built_in_pack

    return open_packs([built_in_pack()], tmp_path_factory.mktemp("data"))[0]


@pytest.fixture(scope="module")
def singles(packs) -> list[Single]:
    """The first five questions with one right option."""
    cards = [card for card in packs.question_cards() if card.kind == "single" and not card.computed]
    return [packs.question(card.id) for card in cards[:5]]


def answered(question, option, minute=0, **more):
    correct = option == right(question)
    data = {"answer": option, "correct": correct, "hints": 0, "revision": question.revision, "tries": 1, "seed": 1}
    return Event(BEGAN + timedelta(minutes=minute), "answered", question.id, data | more)


def right(question):
    return next(option.id for option in question.options if option.correct)


def wrong(question):
    return next(option.id for option in question.options if not option.correct)


def history(learner, singles):
    """Those of higher numbers know more: but the first question, which only the others answer as its key says."""
    for place, question in enumerate(singles):
        knows = learner < 6 if place == 0 else learner >= 2 * place
        yield answered(question, right(question) if knows else wrong(question), place, seconds=20.0 + place)


def hand_in(folder, name, events):
    given = submission.submission(name, BEGAN, "0.1.0", (), events)
    (folder / f"{name.split()[0]}.jsonl").write_text(submission.written(given))


@pytest.fixture
def folder(tmp_path, singles):
    """Eleven submissions, and an exported history of somebody else."""
    place = tmp_path / "class"
    place.mkdir()
    for learner in range(11):
        hand_in(place, f"learner-{learner}", history(learner, singles))
    (place / "exported.jsonl").write_text(exchange.written(history(11, singles)))
    return place


def test_the_suspicious_item_comes_first(mlcourse, folder, singles):
    """Its key is what only the weaker half chose, and each figure is the one that is due."""
    found = mlcourse("class", "items", str(folder), "--json")
    first = found.json["items"][0]

    assert found.code == 0
    assert found.json["learners"] == 12
    assert (first["item"], first["severity"]) == (singles[0].id, 3)
    assert {"key", "negative"} <= {reason["what"] for reason in first["reasons"]}
    assert (first["first"]["right"], first["first"]["of"]) == (6, 12)
    assert first["times"] == {"count": 12, "first_quartile": 20.0, "median": 20.0, "third_quartile": 20.0}
    assert len(found.json["items"]) == 5


def test_what_is_printed_fits_and_can_be_read_out(mlcourse, folder, singles):
    """In 80 columns, with the option's text; the same lines for a screen reader."""
    shown = mlcourse("class", "items", str(folder))
    spoken = mlcourse("class", "items", str(folder), "--plain")

    assert max(map(len, shown.out.splitlines())) <= 80
    assert shown.out.startswith("12 learners, 5 questions answered.\n")
    assert "Probably wrong: 1\n" in shown.out
    words = " ".join(singles[0].options[0].text.split())
    assert words[:30] in " ".join(shown.out.split())
    assert spoken.out == shown.out


def test_of_one_lesson(mlcourse, folder, packs, singles):
    lesson = next(card.lesson for card in packs.question_cards() if card.id == singles[0].id)
    found = mlcourse("class", "items", str(folder), "--json", "--lesson", lesson)

    assert {each["lesson"] for each in found.json["items"]} == {lesson}
    assert mlcourse("class", "items", str(folder), "--lesson", "nowhere").code == 2


def test_the_table_is_harmless(mlcourse, folder, tmp_path):
    """It has a row for each question, and is not written over."""
    file = tmp_path / "items.csv"

    assert mlcourse("class", "items", str(folder), "--csv", str(file)).code == 0
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert len(rows) == 5
    assert (rows[0]["severity"], rows[0]["right"], rows[0]["learners"]) == ("3", "6", "12")
    assert mlcourse("class", "items", str(folder), "--csv", str(file)).code == 2


def test_hostile_histories_are_inert(mlcourse, folder, singles):
    """A learner who writes what no program writes adds one wrong answer, and nothing else."""
    evil = "\x1b[2J=cmd()"
    events = [
        answered(singles[0], evil, hints=10**400, tries=-5, revision=10**300, seconds=float("1e300"), seed=10**99),
        Event(BEGAN, "answered", evil, {"correct": True, "answer": {"a": {"b": []}}}),
        Event(BEGAN, "answered", "x" * 100_000, {"correct": True}),
        Event(BEGAN, "answered", singles[1].id, {"correct": "yes"}),
        Event(BEGAN, "answered", singles[2].id, {"correct": False, "answer": [[]] * 1000, "seconds": True}),
    ]
    hand_in(folder, "mallory", events)
    found = mlcourse("class", "items", str(folder), "--json")
    shown = mlcourse("class", "items", str(folder))

    [first] = [each for each in found.json["items"] if each["item"] == singles[0].id]
    assert (first["first"]["of"], first["revision"]) == (12, singles[0].revision)
    assert [each["id"] for each in found.json["unknown"]] == ["␛[2J=cmd()"]
    assert "\x1b" not in shown.out + found.out
    assert "In no pack, so removed or of a pack that is not here: 1 question" in shown.out


def test_what_is_no_history_is_named_and_left_out(mlcourse, folder):
    """A picture, a file that was cut off, and one of a learner twice: the others count."""
    (folder / "cat.png").write_bytes(b"\x89PNG\r\n")
    (folder / "copy-of-3.jsonl").write_text((folder / "learner-3.jsonl").read_text())
    half = (folder / "learner-4.jsonl").read_text().splitlines(keepends=True)
    (folder / "learner-4.jsonl").write_text("".join(half[:-1]))
    found = mlcourse("class", "items", str(folder), "--json")

    assert found.json["learners"] == 11
    assert {each["file"] for each in found.json["unread"]} == {"cat.png", "learner-4.jsonl"}
    assert "cat.png: it is neither a submission nor an exported history; it is left out." in found.err
    assert {each["answers"] for each in found.json["items"]} == {11}


def test_reports_of_learners_count(mlcourse, folder, singles, tmp_path):
    """Those of the question as it is today; what is no report is named, and a folder that is not there is refused."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, revision in enumerate((singles[4].revision, singles[4].revision, singles[4].revision + 1)):
        report = QuestionReport(question=singles[4].id, revision=revision, seed=0, at=BEGAN.isoformat())
        (reports / f"{number}.json").write_text(written(report))
    (reports / "half.json").write_text("{")
    found = mlcourse("class", "items", str(folder), "--json", "--reports", str(reports))

    [item] = [each for each in found.json["items"] if each["item"] == singles[4].id]
    assert item["reported"] == 2
    assert "reported" in {reason["what"] for reason in item["reasons"]}
    assert "half.json" in found.err
    assert mlcourse("class", "items", str(folder), "--reports", str(tmp_path / "nowhere")).code == 2


def test_there_is_no_folder(mlcourse, tmp_path):
    assert mlcourse("class", "items", str(tmp_path / "nowhere")).code == 2


def test_an_empty_folder_says_nothing_of_any_item(mlcourse, tmp_path):
    found = mlcourse("class", "items", str(tmp_path), "--json", "--lesson", "canary")

    assert (found.code, found.json["items"], found.json["learners"]) == (1, [], 0)
    assert found.json["reliability"]["value"] is None


def test_ones_own_items(mlcourse, home, singles):
    """What one was sure of and wrong about comes first, with the option that was chosen."""
    with_journal = open_journal(wiring.Places(home, ()).history, BEGAN)
    with_journal.save(
        [
            answered(singles[1], right(singles[1]), 0),
            answered(singles[0], wrong(singles[0]), 1, confidence="sure", seconds=12.5),
            Event(BEGAN, "answered", "removed", {"correct": True}),
        ]
    )
    with_journal.close()
    found, shown = mlcourse("quiz", "items", "--json"), mlcourse("quiz", "items")
    [worst, good] = found.json["items"]
    text = next(option.text for option in singles[0].options if option.id == wrong(singles[0]))

    assert found.code == shown.code == 0
    assert (worst["item"], worst["sure_and_wrong"], worst["seconds"]) == (singles[0].id, 1, 12.5)
    assert worst["chosen"] == json.loads(json.dumps([[text, 1]]))
    assert (good["item"], good["first_right"], good["answers"]) == (singles[1].id, True, {"right": 1, "of": 1})
    assert found.json["unknown"] == 1
    assert "sure, and wrong: 1 time" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80


def test_whoever_answered_nothing_is_told_so(mlcourse):
    found = mlcourse("quiz", "items")

    assert (found.code, found.out) == (1, "")
    assert found.err.endswith("You have answered no question yet; mlcourse quiz asks some.\n")
