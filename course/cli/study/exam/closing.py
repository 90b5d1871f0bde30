"""The end of an exam: tasks are graded as labs are, questions are judged, and all of it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course import wiring
from course.cli.present import complain, fewer
from course.cli.progress import progress_line
from course.learning.exams.writing import closing

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.learning.exams.sitting import Sitting, Why
    from course.ports import Journal
    from labs.lab import Lab


def close(packs: Packs, history: Journal, sitting: Sitting, why: Why) -> None:
    """End a sitting."""
    passed = {
        task.lab: _passed(packs.lab(task.lab), sitting.plans.get(task.lab))
        for task in sitting.tasks
        if task.lab in packs.lab_ids()
    }
    lessons = {card.id: card.lesson for card in packs.question_cards()}
    for event in closing(sitting, packs.question, lessons, passed, why, wiring.now(), history.events()):
        history.record(event)


def _passed(lab: Lab, text: str | None) -> bool:
    """Does the plan pass the lab, on its own seeds?"""
    if text is None:
        return False
    from course.content.files.plan import check_plan
    from labs.grading.grade_plan import grade

    plan = check_plan(text, lab.world).plan
    if plan is None:
        complain(f"The plan for {lab.id} cannot be run any more, so the task counts as not passed.")
        return False
    print(f"Grading the plan for {lab.title}.", flush=True)
    with progress_line("seeds") as bar:
        return grade(lab, plan, range(lab.seeds), workers=wiring.cores(), on_progress=bar, on_loss=fewer).passed
