"""`mlcourse report-question ID`: what a learner says about a question, as a file for whoever can mend it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.present import print_json
from course.cli.study.given import given as read_given
from course.cli.surroundings import catalog, find, journal, places, version
from course.errors import one_line
from quiz.grading import grade
from quiz.presentation import posed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.history import Event
    from course.question_reports import QuestionReport
    from quiz.questions import Question


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(
        commands, "report-question", "write down what is wrong with a question, for its author; nothing is sent", run
    )
    parser.add_argument("question", metavar="ID", help="the question's id; see mlcourse quiz list")
    parser.add_argument("--seed", type=SEED, help="chance that it was asked with; without it: as of your last answer")
    parser.add_argument("--answer", metavar="ANSWER", help="what you answered; without it: your last answer")
    parser.add_argument(
        "--say", default="", metavar="TEXT", help="what is wrong with it, or what you did not understand"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where the file goes; without it: the reports folder"
    )


def run(options: argparse.Namespace) -> int:
    """Write the report, and say where it is and that it went nowhere."""
    from course.desk import LabDesk
    from course.question_reports import LONGEST_REMARK, QuestionReport, name_of, told, written

    remark = " ".join(options.say.split())
    if len(remark) > LONGEST_REMARK:
        raise UsageError(f"--say takes at most {LONGEST_REMARK} characters; a few sentences will do")
    packs = catalog(options)
    known = [card.id for card in packs.question_cards()]
    question = find("quiz", options.question, packs.question, known, called="question")
    about = QuestionReport(
        question=question.id,
        revision=question.revision,
        seed=options.seed or 0,
        remark=remark,
        pack=packs.pack_of(question.id),
        version=version("mlcourse"),
        at=wiring.now().isoformat(timespec="seconds"),
    )
    report = _answered(about, question, options)
    file = LabDesk(options.out or places(options).reports).keep(name_of(report), written(report))
    if options.json:
        print_json({"file": file, "report": report})
    else:
        print(f"{report.question}: {told(report)}")
        print(f"Your report is in {one_line(file)}.")
        print(
            f"Nothing was sent. Give the file to whoever teaches you, or to who wrote the pack {one_line(report.pack)}."
        )
    return 0


def _answered(report: QuestionReport, question: Question, options: argparse.Namespace) -> QuestionReport:
    """Return the report with the answer that is given, or else the learner's last one."""
    from dataclasses import replace

    from course.question_reports import answer_of

    if options.answer is not None:
        asked = posed(question, report.seed)
        answer = read_given(asked, options.answer)
        verdict = grade(asked, answer)
        if not verdict.valid:
            raise UsageError(f"{verdict.say} See how it is answered: mlcourse quiz ask {question.id}")
        return replace(report, answer=answer, correct=None if verdict.unsure else verdict.correct)
    with journal(options) as history:
        last = last_answer(history.events(), question.id)
    if last is None or (options.seed is not None and options.seed != last.whole("seed")):
        return report
    return replace(
        report,
        seed=last.whole("seed"),
        revision=last.whole("revision") or question.revision,
        answer=answer_of(last.data.get("answer")),
        correct=last.data.get("correct") is True,
    )


def last_answer(events: Sequence[Event], question: str) -> Event | None:
    """Return the last answer to a question."""
    return next((each for each in reversed(events) if (each.kind, each.subject) == ("answered", question)), None)
