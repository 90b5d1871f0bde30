"""What a learner says about a question, as a small file that they may give to whoever can mend it. Nothing is sent.

CourseError
└── NotAReport   a file that is no report of this program, or not one that it can read
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from course.errors import CourseError, one_line
from quiz.questions import Answer

PROGRAM, FORMAT = "mlcourse question report", 1
LARGEST = 100_000
"""Bytes of a file; a whole request that was to be mended fits in, and nothing that would hold anybody up."""
LONGEST_REMARK = 2000
LONGEST_NAME = 200
LARGEST_SEED = 2**32 - 1


class NotAReport(CourseError):
    """A file that is no report; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport:
    """One remark about one question, with all that is needed to see what the learner saw."""

    question: str
    revision: int
    """Of the question, when it was answered."""
    seed: int
    """Decides its figures and the order of what was shown."""
    answer: Answer | None = None
    """None: it was not answered."""
    correct: bool | None = None
    """What the answer was graded then; None: it was not, or not for certain."""
    remark: str = ""
    pack: str = ""
    """The id of the pack that the question is from."""
    version: str = ""
    """The version of the program."""
    at: str = ""
    """When the report was written, in ISO 8601."""


def written(report: QuestionReport) -> str:
    """Return the report as the text of its file."""
    return json.dumps({"program": PROGRAM, "format": FORMAT, **asdict(report)}, indent=1) + "\n"


def name_of(report: QuestionReport) -> str:
    """Return what its file is called; ids are letters, digits and hyphens."""
    return f"question-{report.question}.json"


def read(raw: bytes) -> QuestionReport:
    """Return the report that a file holds; NotAReport, saying what is the matter, for anything else."""
    if len(raw) > LARGEST:
        raise NotAReport(f"it holds more than {LARGEST} bytes, which no report does")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NotAReport("it is no JSON in UTF-8, or only half of it has arrived") from None
    if not isinstance(data, dict) or data.get("program") != PROGRAM:
        raise NotAReport("it is no report of mlcourse on a question")
    if data.get("format") != FORMAT:
        raise NotAReport(f"its format is not {FORMAT}; a newer program may have written it")
    return _report(data)


def _report(data: Mapping[str, Any]) -> QuestionReport:
    for key, longest in (("question", LONGEST_NAME), ("remark", LONGEST_REMARK), ("pack", LONGEST_NAME)):
        if not isinstance(data.get(key), str) or len(data[key]) > longest:
            raise NotAReport(f"its `{key}` is no text of at most {longest} characters")
    for key, low, high in (("revision", 1, LARGEST_SEED), ("seed", 0, LARGEST_SEED)):
        value = data.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise NotAReport(f"its `{key}` is no whole number from {low} to {high}")
    answer, correct = answer_of(data.get("answer")), data.get("correct")
    if (answer is None) != (data.get("answer") is None) or not (correct is None or isinstance(correct, bool)):
        raise NotAReport("its `answer` is none that a question can have")
    return QuestionReport(
        question=data["question"],
        revision=data["revision"],
        seed=data["seed"],
        answer=answer,
        correct=correct,
        remark=data["remark"],
        pack=data["pack"],
        version=str(data.get("version", ""))[:LONGEST_NAME],
        at=_moment(data.get("at")),
    )


def _moment(given: object) -> str:
    try:
        return datetime.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise NotAReport("its `at` is no moment, such as 2026-11-27T10:00:00+00:00") from None


def answer_of(stored: object) -> Answer | None:
    """Return an answer as it comes out of JSON, where tuples have become lists; None for what can be none."""
    if isinstance(stored, str):
        return stored
    if isinstance(stored, Mapping):
        return {str(prompt): str(answer) for prompt, answer in stored.items()}
    if isinstance(stored, list | tuple):
        return tuple(str(part) for part in stored)
    return None


def storable(answer: Answer) -> str | list[str] | dict[str, str]:
    """Return the answer as JSON keeps it."""
    if isinstance(answer, str):
        return answer
    return dict(answer) if isinstance(answer, Mapping) else list(answer)


def told(report: QuestionReport) -> str:
    """Return what a learner answered and says, on one line."""
    answer = "no answer" if report.answer is None else f"answered {one_line(_spelt(report.answer))}"
    remark = f': "{one_line(report.remark)}"' if report.remark else ""
    return f"{report.at[:10]}, revision {report.revision}, seed {report.seed}, {answer}{remark}"


def _spelt(answer: Answer) -> str:
    text = answer if isinstance(answer, str) else json.dumps(storable(answer))
    return f"{text[:80]}…" if len(text) > 80 else text
