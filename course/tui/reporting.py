"""What a learner says about a question: a line is asked for, and kept as a file in the folder for reports."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from course.characters import inert
from course.ports import ReportError
from course.question_reports import LONGEST_REMARK, QuestionReport, name_of, written
from course.tui.exam.ask_line import AskLine

if TYPE_CHECKING:
    from textual.app import App

    from course.ports import Study
    from course.tui.widgets.question.report_wanted import ReportWanted

LONG_S = 10
"""A path takes a while to read."""


def ask(app: App[None], study: Study, wanted: ReportWanted) -> None:
    """Ask for the remark; Enter keeps it, Esc leaves everything as it is."""

    def keep(remark: str | None) -> None:
        if remark is None:
            return
        report = _report(study, wanted, remark)
        try:
            file = study.desk.keep(name_of(report), written(report))
        except ReportError as error:
            app.notify(inert(str(error)), severity="error", markup=False)
        else:
            say = f"Kept in {file}. Nothing was sent: give the file to whoever teaches you, or to the pack's author."
            app.notify(inert(say), timeout=LONG_S, markup=False)

    about = "Enter keeps it as a file of yours, with your answer. Nothing is sent. Esc leaves it."
    app.push_screen(AskLine("What is wrong with this question?", about, wrong=_too_long), keep)


def _too_long(typed: str) -> str:
    return f"At most {LONGEST_REMARK} characters, please." if len(typed) > LONGEST_REMARK else ""


def _report(study: Study, wanted: ReportWanted, remark: str) -> QuestionReport:
    verdict = wanted.verdict
    return QuestionReport(
        question=wanted.question.id,
        revision=wanted.question.revision,
        seed=wanted.seed,
        answer=wanted.answer,
        correct=None if verdict is None or wanted.answer is None else verdict.correct,
        remark=remark,
        pack=study.catalog.pack_of(wanted.question.id),
        version=version("mlcourse"),
        at=study.now().isoformat(timespec="seconds"),
    )
