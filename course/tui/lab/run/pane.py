"""One run of the plan: choosing it, waiting for it, watching it, and after a grade the reference beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from course.tui.commands import bindings
from course.tui.foretelling.verdict import in_brief
from course.tui.lab.job_view import JobView
from course.tui.lab.run.choice import ChooseRun, RunChoice
from course.tui.lab.run.commands import OTHER_PLAN, OVERLAY
from course.tui.lab.run.player import Player
from course.tui.lab.study import LabStudy
from course.tui.memory import LastRun
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.same_in_focus import SameInFocus
from engine.errors import EngineError
from labs.film.film import Film, film_of
from labs.prediction import judge

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan
    from engine.plan import Plan
    from labs.prediction import Values


INVITATION = "Nothing has run yet. Press r to let one release meet your plan."


class RunPane(SameInFocus, GoesOn, Vertical, can_focus=True):
    """The result is a player. `o` draws the reference plan over the film, `O` shows it alone, at the same moment."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(OVERLAY, OTHER_PLAN)
    WORK: ClassVar[Mapping[str, str]] = {"run": "The run"}
    choice: var[RunChoice | None] = var(None)
    yours: var[Film | None] = var(None)
    reference: var[Film | None] = var(None)
    """The same release and seed under the reference plan."""

    @dataclass
    class Ran(Message):
        """A run is over."""

        worker: Worker[None]
        film: Film
        text: str | None
        """The learner's plan; None for the reference."""
        t: float | None = None
        """The moment to show; None: play it from the beginning."""
        foretold: tuple[Values, Values] | None = None
        """What was said of it before, and what happened."""

    def __init__(self, study: LabStudy) -> None:
        super().__init__()
        self._study = study
        self.player = Player()
        self.job = JobView(INVITATION, self.player)
        self._foretold = Static(id="foretold")
        self._then: Callable[[Film], None] = self._swap
        """What to do with the reference's film when it has come."""

    def compose(self) -> ComposeResult:
        """The player, as soon as there is something to play."""
        yield self.job
        yield self._foretold

    def on_mount(self) -> None:
        """Show the last run where it was left."""
        if last := self._study.memory.run:
            self.choice, self.yours = last.choice, last.film
            self.player.show(last.film, self._caption("your plan"), last.t)
            self.job.recall()
        self._tell()
        self.watch(self.player, "t", self._show_foretold, init=False)

    def on_unmount(self) -> None:
        """Keep the place."""
        if last := self._study.memory.run:
            self._study.memory.run = replace(last, t=self.player.t)

    @property
    def first_focus(self) -> Widget:
        """The player, if there is something to play."""
        return self.player if self.job.shown == "result" else self

    async def choose(self) -> RunChoice | None:
        """Ask which release and which seed; None if the learner thought better of it."""
        names = [(id, self._study.release_name(id)) for id in self._study.releases]
        return await self.app.push_screen_wait(ChooseRun(names, self.choice or RunChoice(names[0][0])))

    def start(
        self, checked: CheckedPlan, choice: RunChoice, t: float | None = None, said: Values | None = None
    ) -> None:
        """Run a plan that AWS accepts, in the background; then play it, or stand still at `t`. What is `said` of it
        before is held against it."""
        assert checked.plan is not None
        self.choice = choice
        name = self._study.release_name(choice.release)
        worker = self._run(checked.plan, choice, checked.text, t, said)
        self.job.begin(f"{name} meets your plan (seed {choice.seed}) …", worker)

    @work(thread=True, exclusive=True, group="run", exit_on_error=False)
    def _run(
        self, plan: Plan, choice: RunChoice, text: str | None, t: float | None = None, said: Values | None = None
    ) -> None:
        worker, desk, lab = get_current_worker(), self._study.desk, self._study.lab
        try:
            run = desk.run(lab, plan, choice.release, choice.seed)
            foretold = (said, desk.happened(lab, run, choice.release)) if said else None
        except EngineError as error:
            self.job.post_message(JobView.Failed(worker, str(error)))
        else:
            self.post_message(self.Ran(worker, film_of(run, lab.world, plan), text, t, foretold))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Say so in the place of the run; where the reference alone is missing, beside it."""
        if self.job.busy:
            self.job.post_message(JobView.Failed(worker, say))
        else:
            super().broke_off(worker, say)

    @on(Ran)
    def _ran(self, event: Ran) -> None:
        event.stop()
        if not self.job.finish(event.worker) or self.choice is None:
            return
        if event.text is None:
            self.reference = event.film
            self._then(event.film)
            return
        self.yours, self.reference = event.film, None
        choice, run = self.choice, event.film.run
        data = {"release": choice.release, "seed": choice.seed, "outcome": run.outcome, "text": event.text}
        self._study.record("lab-run", data)
        if event.foretold:
            self._study.record("lab-predicted", self._judged(*event.foretold))
        self._study.memory.run = LastRun(choice, event.film, event.film.opening_s, event.foretold)
        self._tell()
        self.player.show(event.film, self._caption("your plan"), event.t)
        if self.display:
            self.player.focus()
        if self.display and event.t is None:
            self.player.start()

    def _judged(self, said: Values, happened: Values) -> dict[str, Any]:
        assert self.choice is not None
        held = judge(self._study.asks, said, happened)
        return {
            "said": said,
            "happened": happened,
            "held": held,
            "release": self.choice.release,
            "seed": self.choice.seed,
        }

    def _tell(self) -> None:
        """Write what held under the run; it is shown once the update is over, for it would spoil the run before."""
        last = self._study.memory.run
        if last and last.foretold:
            self._foretold.update(in_brief(self._study.asks, *last.foretold))
        self._show_foretold()

    def _show_foretold(self) -> None:
        last = self._study.memory.run
        over = self.yours is not None and self.yours.over(self.player.t)
        self._foretold.display = bool(last and last.foretold and over)

    def _swap(self, film: Film) -> None:
        plan = "your plan" if film is self.yours else "the reference plan"
        self.player.show(film, self._caption(plan), self.player.t)

    def _caption(self, plan: str) -> str:
        assert self.choice is not None
        return f"{self._study.release_name(self.choice.release)} · seed {self.choice.seed} · {plan}"

    def action_other_plan(self) -> None:
        """Show the same requests under the other plan, at the same moment."""
        other = self.reference if self.player.film is self.yours else self.yours
        if other is not None:
            self._swap(other)
        else:
            self._ask_reference(self._swap)

    def action_overlay(self) -> None:
        """Draw the reference plan over the learner's own, or take it away again."""
        if self.player.other is not None and self.yours is not None:
            self._swap(self.yours)
        elif self.reference is not None:
            self._lay_over(self.reference)
        else:
            self._ask_reference(self._lay_over)

    def _ask_reference(self, then: Callable[[Film], None]) -> None:
        if self.choice is not None:
            self._then = then
            self.job.worker = self._run(self._study.lab.reference.plan, self.choice, None)

    def _lay_over(self, reference: Film) -> None:
        if self.yours is not None:
            self.player.show(self.yours, self._caption("yours + reference"), self.player.t)
            self.player.other = reference

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The reference is shown to those who have had a grade."""
        if action in ("other_plan", "overlay"):
            return self._study.revealed and self.job.shown == "result"
        return True
