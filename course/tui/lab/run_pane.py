"""One run of the plan: choosing it, waiting for it, watching it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from course.tui.lab.busy import Busy
from course.tui.lab.film import Film, film_of
from course.tui.lab.player import Player
from course.tui.lab.run_choice import ChooseRun, RunChoice
from course.tui.lab.work import Work
from course.tui.words import plain
from engine.errors import EngineError

if TYPE_CHECKING:
    from course.ports import CheckedPlan

INVITATION = "Nothing has run yet. Press r to let one release meet your plan."


class RunPane(Vertical, can_focus=True):
    """Shows one of: an invitation, progress, what went wrong, the player."""

    shown: var[str] = var("invitation")
    choice: var[RunChoice | None] = var(None)

    @dataclass
    class Ran(Message):
        """A run is over."""

        film: Film
        choice: RunChoice
        text: str
        """The plan."""

    @dataclass
    class Failed(Message):
        """The engine refused."""

        say: str

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """All of them; one is displayed."""
        yield Static(plain(INVITATION, "$quiet"), id="invitation", classes="note")
        yield Busy(id="progress")
        yield Static(id="trouble", classes="note")
        yield Player(id="film")

    def watch_shown(self, shown: str) -> None:
        """Display one part."""
        for child in self.children:
            child.display = child.id == shown

    async def choose(self) -> RunChoice | None:
        """Ask which release and which seed; None if the learner thought better of it."""
        names = [(id, self._work.release_name(id)) for id in self._work.releases]
        return await self.app.push_screen_wait(ChooseRun(names, self.choice or RunChoice(names[0][0])))

    def start(self, checked: CheckedPlan, choice: RunChoice) -> None:
        """Run a plan in the background."""
        self.choice = choice
        name = self._work.release_name(choice.release)
        self.query_one(Busy).begin(f"{name} meets your plan (seed {choice.seed}) …")
        self.shown = "progress"
        self._worker = self._run(checked, choice)

    @work(thread=True, exclusive=True, group="run")
    def _run(self, checked: CheckedPlan, choice: RunChoice) -> None:
        plan, worker = checked.plan, get_current_worker()
        if plan is None:
            return
        try:
            run = self._work.desk.run(self._work.lab, plan, choice.release, choice.seed)
        except EngineError as error:
            found: Message = self.Failed(str(error))
        else:
            found = self.Ran(film_of(run, self._work.lab.world, plan), choice, checked.text)
        if not worker.is_cancelled:
            self.post_message(found)

    @property
    def first_focus(self) -> Widget:
        """What takes the keys: the player, if there is something to play."""
        return self.query_one(Player) if self.shown == "film" else self

    @property
    def busy(self) -> bool:
        """Is a run going on?"""
        return self.shown == "progress"

    def cancel(self) -> None:
        """Forget the run that is going on, and show what was there before."""
        if self._worker is not None:
            self._worker.cancel()
        self.shown = "film" if self.query_one(Player).film else "invitation"

    @on(Ran)
    def _ran(self, event: Ran) -> None:
        event.stop()
        run, choice = event.film.run, event.choice
        self._work.record(
            "lab-run",
            {"release": choice.release, "seed": choice.seed, "outcome": run.outcome, "text": event.text},
        )
        player = self.query_one(Player)
        player.show(event.film, f"{self._work.release_name(choice.release)} · seed {choice.seed}")
        self.shown = "film"
        player.focus()
        if self.app.animation_level != "none":
            player.action_play()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.query_one("#trouble", Static).update(plain(event.say, "$error"))
        self.shown = "trouble"
