"""What the lab asks for: the brief, the goals in words, what stands there. Nothing about the releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from course.own_tools import to_paste
from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing.signs import OPEN, RIGHT, WRONG
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.widgets.prose import Prose
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from engine.requests.sagemaker import ProductionVariant
    from labs.grade import Grade
    from labs.lab import Lab


class BriefPane(SameInFocus, VerticalScroll):
    """To be read beside the plan where there is room."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCREENFUL_ON)

    grade: reactive[Grade | None] = reactive(None)
    """The last grade, whose signs stand before the goals."""

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self._lab = lab

    def compose(self) -> ComposeResult:
        """Brief, goals, endpoint."""
        yield Prose(self._lab.brief)
        yield Static("Goals", classes="heading")
        yield Static(id="goals")
        yield Static("What is there", classes="heading")
        yield Static(Stack(*(_fact(name, value) for name, value in facts(self._lab))))
        yield Static("With your own tools", classes="heading")
        lines = to_paste(self._lab.id).items()
        yield Static(Stack(*(Hanging(plain(f"{what}: ", "$quiet"), plain(line)) for what, line in lines)))

    def action_screenful_on(self) -> None:
        """Read on."""
        self.scroll_page_down(animate=False)

    def watch_grade(self, grade: Grade | None) -> None:
        """Put the signs of the last grade before the goals."""
        met = {goal.id: goal.passed for goal in grade.goals} if grade else {}
        signs = {True: RIGHT, False: WRONG, None: OPEN}
        lines = [(signs[met.get(goal.id)], goal.title) for goal in self._lab.goals]
        rows = [Hanging(Content.assemble(sign.content, " "), inline(title)) for sign, title in lines]
        self.query_one("#goals", Static).update(Stack(*rows))


def facts(lab: Lab) -> list[tuple[str, str]]:
    """Return what a learner could look up in the console, by name."""
    world = lab.world
    found = [
        ("Endpoint", world.endpoint.endpoint_name),
        ("In service", world.endpoint.endpoint_config_name or "not created yet"),
        ("Requests", f"about {world.workload.rate:g} a second"),
        ("SLO", f"an answer in {world.slo.latency_ms:g} ms, without error"),
    ]
    for config in world.configs:
        found += [
            (
                config.endpoint_config_name,
                f"{each.variant_name}: {_size(each)}",
            )
            for each in config.production_variants
        ]
    for other in world.other_endpoints:
        on = other.endpoint.endpoint_config_name or "not created yet"
        found.append(("Beside it", f"{other.endpoint.endpoint_name}: {on}, about {other.workload.rate:g} a second"))
    found += [("Alarm", alarm.alarm_name) for alarm in world.alarms]
    return found


def _size(variant: ProductionVariant) -> str:
    """Return what serves a variant: its instances, or how many requests it takes at once."""
    serverless = variant.serverless_config
    if serverless is None:
        return f"{variant.initial_instance_count} × {variant.instance_type}"
    warm = f", {serverless.provisioned} always warm" if serverless.provisioned else ""
    return f"serverless, {serverless.memory_size_in_mb} MB, {serverless.max_concurrency} at once{warm}"


def _fact(name: str, value: str) -> Hanging:
    return Hanging(plain(f"{name:<12} ", "$quiet"), plain(value))
