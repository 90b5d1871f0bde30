"""The desk at which labs are worked on: plans are checked, run and graded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.ports import CheckedPlan
    from engine.plan import Plan
    from engine.run import Run
    from labs.grade import Grade
    from labs.grading import Comparison
    from labs.lab import Lab


class LabDesk:
    """Implements `course.ports.Desk`; keeps each lab's counterfactuals, which do not depend on the plan."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._comparisons: dict[tuple[str, int], Comparison] = {}

    def check(self, lab: Lab, text: str) -> CheckedPlan:
        """Check a plan as it stands in the editor."""
        from course.content.plan_files import check_plan

        return check_plan(text, lab.world)

    def run(self, lab: Lab, plan: Plan, release: str, seed: int) -> Run:
        """Run the plan once against a release."""
        from engine.simulate import simulate

        return simulate(lab.world_with(lab.release(release)), plan, seed)

    def grade(self, lab: Lab, plan: Plan, on_progress: Callable[[int, int], None]) -> Grade:
        """Grade the plan on the lab's seeds, beside the reference and the unguarded update."""
        from labs.grading import compare, grade

        seeds = range(lab.seeds)
        key = (lab.id, lab.revision)
        whole = lab.seeds if key in self._comparisons else 2 * lab.seeds
        if key not in self._comparisons:
            self._comparisons[key] = compare(
                lab, seeds, workers=self._workers, on_progress=lambda done, _: on_progress(done, whole)
            )
        before = whole - lab.seeds
        return grade(
            lab,
            plan,
            seeds,
            comparison=self._comparisons[key],
            workers=self._workers,
            on_progress=lambda done, _: on_progress(before + done, whole),
        )
