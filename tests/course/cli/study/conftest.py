"""Exams on the command line: a small pack with an exam of its own, typed lines, and a clock that tests turn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course import wiring
from tests.course.cli.conftest import Run
from tests.course.content.conftest import FILES, LAB, LESSON, TEAL, write_pack

START = datetime(2026, 11, 26, 10, tzinfo=UTC)
QUESTIONS = "format: 1\nquestions:\n" + "".join(
    f"""\
  - id: {id}
    kind: single
    objectives: {{small: ["3.1"]}}
    stem: Which fleet is new, asked by {id}?
    options:
      - {{id: a, text: Green, correct: true, why: Because of {id}.}}
      - {{id: b, text: Blue, why: It is old.}}
    hints: [Think of a traffic light.]
    explain: So says {id}.
    accepts: [a]
    rejects: [b]
"""
    for id in ("which-fleet", "which-one", "which-two", "which-three")
)
EXAM = """\
format: 1
id: small
title: A small exam
about: For tests.
questions: 5
unscored: 1
minutes: 20
pass_mark: 720
kinds: [single]
domains:
  - {id: "3", title: Deployment, weight: 80, objectives: {"3.1": Choose where.}}
  - {id: "4", title: Monitoring, weight: 20, objectives: {"4.2": Watch.}}
sources: [{url: "https://example.com/", checked: 2026-11-22}]
"""
TASK = 'tasks: [{lab: update, domain: "3", counts: 2}]\nsources'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with four questions and an exam that asks for one more."""
    files = FILES | {
        "course.yaml": FILES["course.yaml"].replace("id: small", "id: small-course").replace("id: first", "id: small"),
        "01-fleets/lesson.yaml": LESSON.replace("questions: [questions.yaml]", "practice: [more.yaml]"),
        "01-fleets/lesson.md": FILES["01-fleets/lesson.md"].replace("{question: which-fleet}\n\n", ""),
        "01-fleets/more.yaml": QUESTIONS,
        "01-fleets/update/lab.yaml": LAB.replace("near_misses", "seeds: 1\nnear_misses"),
        "exams/small.yaml": EXAM,
        "glossary.yaml": TEAL,
    }
    files["course.yaml"] = files["course.yaml"].replace("parts:", "exams: [exams/small.yaml]\nparts:")
    files["01-fleets/lesson.yaml"] = files["01-fleets/lesson.yaml"].replace("[blue, green]", "[teal]")
    return write_pack(tmp_path / "small", files)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the program's clock to some minutes after the start of the test."""
    now = [START]
    monkeypatch.setattr(wiring, "now", lambda: now[0])

    def turn(minutes: float) -> None:
        now[0] = START + timedelta(minutes=minutes)

    return turn


class Lines:
    """A stdin: each line is a text, something to do before the next one, or an exception to raise."""

    def __init__(self, lines: Iterable[str | Callable[[], object] | BaseException]) -> None:
        self.lines = list(lines)

    def readline(self) -> str:
        while self.lines:
            line = self.lines.pop(0)
            if isinstance(line, str):
                return f"{line}\n"
            if isinstance(line, BaseException):
                raise line
            line()
        return ""


@pytest.fixture
def take(mlcourse: Run, pack: Path, monkeypatch: pytest.MonkeyPatch):
    """Take the small exam, or go on with it, and type these lines."""

    def run(*lines: str | Callable[[], object] | BaseException, exam: str = "small", seed: str = "3"):
        monkeypatch.setattr(sys, "stdin", Lines(lines))
        return mlcourse("--pack", str(pack), "exam", "take", exam, "--seed", seed)

    return run
