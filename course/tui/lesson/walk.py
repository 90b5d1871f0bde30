"""A screen that leads from view to view: there is a first one, a last one, and the end after it."""

from __future__ import annotations

from textual import on
from textual.reactive import var

from course.tui.lesson.paged import PagedScreen
from course.tui.lesson.steps_bar import StepsBar


class WalkScreen(PagedScreen):
    """Forth, back and out. Subclasses say how many steps there are, and offer the commands."""

    step: var[int] = var(-1, init=False)
    """From 0; `of` stands for the end."""

    furthest = 0
    """The last step that was reached."""

    @property
    def of(self) -> int:
        """How many steps there are."""
        raise NotImplementedError

    def title_of(self, step: int) -> str:
        """Return what stands at the right of the title."""
        raise NotImplementedError

    async def watch_step(self, step: int) -> None:
        """Show the step, or the end."""
        self.furthest = max(self.furthest, step)
        self.title_bar.status = self.title_of(step)
        bar = self.query_one(StepsBar)
        bar.of, bar.step, bar.furthest = self.of, step, self.furthest
        await self.turn()

    def go_on(self) -> None:
        """Go to the next step; from the end, go back."""
        if self.step < self.of:
            self.step += 1
        else:
            self.dismiss()

    def action_go_on(self) -> None:
        """Go to the next step."""
        self.go_on()

    def action_skip(self) -> None:
        """Go on without doing this step."""
        self.go_on()

    def action_next_step(self) -> None:
        """Go to the next step."""
        self.go_on()

    def action_previous_step(self) -> None:
        """Go one step back."""
        self.step -= 1

    def action_finish(self) -> None:
        """Go back, from the end."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first step, and nothing after the end."""
        at_the_end = self.step >= self.of
        match action:
            case "previous_step":
                return self.step > 0
            case "finish":
                return at_the_end
            case "go_on" | "next_step":
                return not at_the_end
            case "read_on" if at_the_end:
                return False
            case "skip":
                return self.is_asking
            case _:
                return super().check_action(action, parameters)

    @on(StepsBar.Clicked)
    def _clicked(self, event: StepsBar.Clicked) -> None:
        self.step = event.step
