"""A step of a lesson: the situation and the plan, what the learner foretells, and afterwards what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from course.errors import CourseError
from course.progress import PredictionProgress
from course.tui.commands import bindings
from course.tui.drawing.markdown import Code
from course.tui.drawing.visuals import Stack
from course.tui.drawing.words import count, inert, plain
from course.tui.foretelling.commands import FORETELLING
from course.tui.foretelling.form import PredictionForm
from course.tui.foretelling.verdict import verdict
from course.tui.widgets.fence import Fence
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import Prose
from course.tui.widgets.same_in_focus import SameInFocus
from labs.prediction import PARTS, Values, judge

if TYPE_CHECKING:
    from course.foretelling import Played
    from course.syllabus import Prediction
    from labs.film.film import Film

Shown = Literal["asking", "running", "told"]
RUNNING = "The run is being simulated …"


class PredictionView(GoesOn, SameInFocus, Vertical, can_focus=True):
    """Asks, lets the run be simulated, and tells. Whoever composes it writes down and shows the run."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*FORETELLING)
    WORK: ClassVar[Mapping[str, str]] = {"foretold": "The run"}

    shown: var[Shown] = var[Shown]("asking", init=False)

    @dataclass
    class Said(Message):
        """The learner says something else of a run that they have not seen."""

        prediction: Prediction
        said: Values

    @dataclass
    class Seen(Message):
        """The run was simulated and can be watched."""

        prediction: Prediction
        said: Values
        played: Played
        film: Film
        again: bool
        """Is it only watched again?"""

        @property
        def data(self) -> dict[str, Any]:
            """What the journal keeps of it."""
            happened = self.played.happened
            held = judge(self.prediction.asks, self.said, happened)
            return {"said": self.said, "happened": happened, "held": held, "revision": self.prediction.revision}

    @dataclass
    class Failed(Message, bubble=False):
        """There is no such run."""

        worker: Worker[Any]
        say: str

    def __init__(
        self, prediction: Prediction, so_far: PredictionProgress, play: Callable[[Prediction], Played]
    ) -> None:
        super().__init__()
        self.prediction = prediction
        self._play = play
        """Called in a worker."""
        self._said, self._happened = _values(so_far.said), _values(so_far.happened)
        told = so_far.attempts > 0 and not so_far.draft and all(part in self._happened for part in prediction.asks)
        self.set_reactive(PredictionView.shown, "told" if told else "asking")
        self.form = PredictionForm(prediction.asks, _values(so_far.draft))
        self._plan = Vertical(Fence(Code(inert(prediction.plan_text.rstrip("\n")), "yaml")), classes="plan")
        self._fold, self._notice, self._verdict = Static(), Static(classes="notice"), Static(classes="verdict")

    def compose(self) -> ComposeResult:
        """The situation over the plan, then either the parts or what came of them."""
        yield Static(plain("Predict, then see", "$hushed"), classes="task")
        yield Static(plain(self.prediction.title, "bold $accent"), classes="heading")
        yield Prose(self.prediction.stem)
        yield self._fold
        yield self._plan
        yield Vertical(self.form, classes="form")
        yield self._notice
        with Vertical(classes="told"):
            yield self._verdict
            yield Static(plain("Why", "bold $accent"), classes="subheading")
            yield Prose(self.prediction.explain)

    def on_mount(self) -> None:
        """The plan is folded: the situation comes first."""
        self._plan.display = False
        self._show_fold()
        self.watch_shown()

    @property
    def pending(self) -> bool:
        """Has the run still to be predicted?"""
        return self.shown != "told"

    def ask(self) -> None:
        """Take the keys: for what is asked, or to read on."""
        self.form.ask() if self.shown == "asking" else keys_to(self)

    def watch_shown(self) -> None:
        """Show what belongs to the state."""
        if self.shown == "told":
            self._verdict.update(Stack(*verdict(self.prediction.asks, self._said, self._happened)))
        self.query_one(".form").display = self.shown == "asking"
        self.query_one(".told").display = self.shown == "told"
        self._say(RUNNING if self.shown == "running" else "")
        self.refresh_bindings()

    def _say(self, text: str, style: str = "$hushed") -> None:
        self._notice.display = bool(text)
        self._notice.update(plain(text, style))

    def _show_fold(self) -> None:
        lines = count(len(self.prediction.plan_text.rstrip("\n").split("\n")), "line")
        mark, what = ("▾", "folds it up") if self._plan.display else ("▸", "shows it")
        self._fold.update(plain(f"{mark} The plan, {lines} of YAML: y {what}", "$accent"))

    def action_unfold_plan(self) -> None:
        """Show the plan, or fold it up."""
        self._plan.display = not self._plan.display
        self._show_fold()

    def action_next_part(self) -> None:
        """Go to the next part."""
        self.form.move(1)

    def action_part_before(self) -> None:
        """Go to the part before."""
        self.form.move(-1)

    @on(PredictionForm.Changed)
    def _changed(self, event: PredictionForm.Changed) -> None:
        event.stop()
        self._say("")
        self.post_message(self.Said(self.prediction, event.said))

    def action_see_run(self) -> None:
        """Let the run happen, if something was said of each part."""
        if say := self.form.lacking:
            self._say(say, "$warning")
            self.form.ask()
            self.call_after_refresh(self._notice.scroll_visible, animate=False)
        else:
            self._said = self.form.said
            self._begin(again=False)

    def action_watch_again(self) -> None:
        """Let the same run happen again."""
        self._begin(again=True)

    def _begin(self, *, again: bool) -> None:
        self.shown = "running"
        keys_to(self)
        self._simulate(self._said, again)

    @work(thread=True, exclusive=True, group="foretold", exit_on_error=False)
    def _simulate(self, said: Values, again: bool) -> None:
        from labs.film.film import film_of  # brings numpy along

        worker = get_current_worker()
        try:
            played = self._play(self.prediction)
        except CourseError as error:
            self.post_message(self.Failed(worker, str(error)))
            return
        film = film_of(played.run, played.lab.world, played.plan)
        self.post_message(self.Seen(self.prediction, said, played, film, again))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Ask again, and say why there is no run."""
        self.shown = "asking"
        self._say(say, "$error")
        self.form.ask()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.broke_off(event.worker, event.say)

    @on(Seen)
    def _seen(self, event: Seen) -> None:
        self._happened = event.played.happened
        self.shown = "told"

    def action_predict_again(self) -> None:
        """Ask once more, with nothing said."""
        self.form = PredictionForm(self.prediction.asks, {})
        self.call_next(self._ask_again)

    async def _ask_again(self) -> None:
        place = self.query_one(".form")
        await place.remove_children()
        await place.mount(self.form)
        self.shown = "asking"
        self.form.ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is asked can be said, what was told can be asked again."""
        if action in ("see_run", "next_part", "part_before"):
            return self.shown == "asking"
        if action in ("predict_again", "watch_again"):
            return self.shown == "told"
        return True


def _values(kept: Mapping[str, Any]) -> Values:
    """Return what a history kept, of the parts that there are."""
    return {part: kept[part] for part in PARTS if part in kept}
