"""The desk at which labs are worked on: plans are checked, run and graded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan, Completions, FieldValue, Form, FormField, Trail
    from engine.plan import Plan
    from engine.run import Run
    from labs.grade import Grade
    from labs.grading.grade_plan import Comparison
    from labs.lab import Lab
    from labs.prediction import Values
    from labs.report.summary import Summary
    from labs.whatif.curve import Curve
    from labs.whatif.knobs import Knob


class LabDesk:
    """Implements `course.ports.Desk`; keeps each lab's counterfactuals, which do not depend on the plan."""

    def __init__(self, reports: Path, workers: int = 1) -> None:
        self._reports = reports
        self._workers = workers
        self._comparisons: dict[str, tuple[Lab, Comparison]] = {}

    def check(self, lab: Lab, text: str) -> CheckedPlan:
        """Check a plan as it stands in the editor, and read what is none as one."""
        from course.content.files.pasted import read_as_plan
        from course.content.files.plan import check_plan

        checked = check_plan(text, lab.world)
        return checked if checked.ok else replace(checked, read_as=read_as_plan(text, lab.world))

    def run(self, lab: Lab, plan: Plan, release: str, seed: int) -> Run:
        """Run the plan once against a release."""
        from engine.simulate import simulate

        return simulate(lab.world_with(lab.release(release)), plan, seed)

    def happened(self, lab: Lab, run: Run, release: str) -> Values:
        """Return what came of a run, beside the run of the same seed without any update."""
        from labs.foretold import happened

        return happened(lab, lab.release(release), run)

    def grade(self, lab: Lab, plan: Plan, on_progress: Callable[[int, int], None], best: Plan | None = None) -> Grade:
        """Grade the plan on the lab's seeds, beside the reference, the unguarded update and the best earlier plan."""
        from labs.grading.grade_plan import grade_and_compare

        of, kept = self._comparisons.get(lab.id, (lab, None))
        verdict, comparison = grade_and_compare(
            lab,
            plan,
            range(lab.seeds),
            best=best,
            comparison=kept if of == lab else None,  # whoever writes a lab changes it without another revision
            workers=self._workers,
            on_progress=on_progress,
        )
        self._comparisons[lab.id] = (lab, comparison)
        return verdict

    def knobs(self, lab: Lab, plan: Plan) -> tuple[Knob, ...]:
        """Return what can be turned in a plan to ask what if."""
        from labs.whatif.knobs import knobs

        return knobs(plan, lab.world)

    def curve(self, lab: Lab, knob: Knob) -> Iterator[Curve]:
        """Yield the curve over a knob's values, better with every seed."""
        from labs.whatif.curve import curve

        return curve(lab, knob, range(lab.seeds))

    def report(self, lab: Lab, plan: Plan, grade: Grade) -> str:
        """Draw the report of a grade into the folder for reports; a name that is taken gets a number."""
        from course.ports import ReportError
        from labs.report.write import write_report

        path = self._reports / f"{lab.id}.png"
        try:
            self._reports.mkdir(parents=True, exist_ok=True)
            path = _free(path)
            write_report(lab, plan, grade, path)
        except OSError as error:
            raise ReportError(f"{path} cannot be written: {error.strerror}") from error
        return str(path)

    def share(self, summary: Summary) -> tuple[str, str]:
        """Write a summary as text and as a picture into the folder for reports; names that are taken get a number."""
        from course.ports import ReportError
        from labs.report.summary import as_text, draw_summary

        path = self._reports / f"{summary.name}.png"
        try:
            self._reports.mkdir(parents=True, exist_ok=True)
            path = _free(path)
            draw_summary(summary, path)
        except OSError as error:
            raise ReportError(f"{path} cannot be written: {error.strerror}") from error
        return self.keep(f"{path.stem}.txt", as_text(summary)), str(path)

    def keep(self, name: str, text: str) -> str:
        """Write a text into the folder for reports; a name that is taken gets a number."""
        from course.ports import ReportError

        path = self._reports / name
        try:
            self._reports.mkdir(parents=True, exist_ok=True)
            path = _free(path)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ReportError(f"{path} cannot be written: {error.strerror}") from error
        return str(path)

    def form(self, text: str) -> tuple[FormField, ...]:
        """Return a plan's values for a form."""
        from course.content.writing.form import fields

        return fields(text)

    def edited(self, text: str, trail: Trail, value: FieldValue) -> str:
        """Return the text with one value changed, or as it was."""
        from course.content.writing.form import edited

        return _changed_or_as_it_was(edited, text, trail, value)

    def added(self, text: str, trail: Trail) -> str:
        """Return the text with one more entry in the list at a place, or as it was."""
        from course.content.writing.form import added

        return _changed_or_as_it_was(added, text, trail)

    def taken_out(self, text: str, trail: Trail) -> str:
        """Return the text without the innermost entry that a place belongs to, or as it was."""
        from course.content.writing.form import taken_out

        return _changed_or_as_it_was(taken_out, text, trail)

    def about(self, text: str, line: int, column: int) -> str:
        """Return in one line what is meant by what stands at a place."""
        from course.content.writing.help import about

        return about(text, line, column)

    def completions(self, lab: Lab, text: str, line: int, column: int) -> Completions:
        """Return what could be written at a place."""
        from course.content.writing.completions import completions

        return completions(text, line, column, lab.world)

    def takeaway(self, text: str, form: Form) -> str:
        """Return an accepted plan as real AWS takes it."""
        from course.content.yaml.reader import read_yaml
        from engine.aws.takeaway.forms import FORMS

        return FORMS[form](read_yaml(text, "plan.yaml").data)


def _changed_or_as_it_was(change: Callable[..., str], text: str, *how: object) -> str:
    from course.content.yaml.errors import ContentError

    try:
        return change(text, *how)
    except (ContentError, ValueError):
        return text


def _free(path: Path) -> Path:
    """Return the path, with a number in its name if that is taken."""
    names = chain([path], (path.with_stem(f"{path.stem}-{number}") for number in count(2)))
    return next(path for path in names if not path.exists())
