"""The line under the editor: would AWS accept the plan, and is the draft kept?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from course.tui.drawing.signs import RIGHT
from course.tui.drawing.visuals import Spread
from course.tui.lab.plan.findings import verdict

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan


class PlanStatus(Widget):
    """One line."""

    checked: reactive[CheckedPlan | None] = reactive(None)
    current: reactive[bool] = reactive(False)
    """Is what was checked what stands in the editor?"""
    saved: reactive[bool] = reactive(True)

    def render(self) -> Spread:
        """The verdict on the left, the draft on the right."""
        draft = "draft saved" if self.saved else "typing …"
        return Spread(self._verdict(), Content.styled(draft, "$quiet"))

    def _verdict(self) -> Content:
        if self.checked is None or not self.current:
            return Content.styled("… checking", "$quiet")
        sign, say = verdict(self.checked)
        shown = sign or RIGHT
        return Content.assemble(shown.content, " ", Content.styled(say, shown.style))
