"""All views of a run around one play head: side by side where there is room, else the lower half in turns."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from course.tui.lab.run.charts.alarms import AlarmLanes
from course.tui.lab.run.charts.errors import errors
from course.tui.lab.run.charts.lane_chart import LaneChart
from course.tui.lab.run.charts.latency import latency
from course.tui.lab.run.charts.load import cost, instances, requests
from course.tui.lab.run.charts.traffic import TrafficChart
from course.tui.lab.run.scrubber import Scrubber
from course.tui.lab.run.story import EventLog, GrowingList, PhaseList
from course.tui.widgets.tab_line import TabLine
from labs.film.film import Film

LOAD = {"requests": requests, "instances": instances, "cost": cost}
"""Charts that are not always there, by the name of their view."""
VIEWS = ("alarms", "phases", "log", *LOAD)
"""What takes turns in the lower half of a small screen; on a large one the charts of the load, all together, take turns
with errors, latency and alarms."""


class RunViews(Widget):
    """The charts, the alarms, the phases and the log."""

    film: reactive[Film | None] = reactive(None)
    other: reactive[Film | None] = reactive(None)
    t: reactive[float] = reactive(0.0, repaint=False)
    view: reactive[str] = reactive(VIEWS[0])

    def compose(self) -> ComposeResult:
        """Charts on the left, words on the right."""
        with Vertical(id="charts"):
            yield TrafficChart().data_bind(RunViews.film, RunViews.other, RunViews.t)
            yield LaneChart(errors, id="errors").data_bind(RunViews.film, RunViews.other, RunViews.t)
            yield LaneChart(latency, id="latency").data_bind(RunViews.film, RunViews.other, RunViews.t)
            yield Scrubber().data_bind(RunViews.film, RunViews.t)
            yield TabLine(*(Tab(view.capitalize(), id=view) for view in VIEWS), id="views")
            yield AlarmLanes().data_bind(RunViews.film, RunViews.other, RunViews.t)
            for view, measured in LOAD.items():
                chart = LaneChart(measured, id=f"{view}-chart", classes="load")
                yield chart.data_bind(RunViews.film, RunViews.other, RunViews.t)
        with Vertical(id="story"):
            yield PhaseList().data_bind(RunViews.film, RunViews.t)
            yield EventLog().data_bind(RunViews.film, RunViews.t)

    def watch_view(self, before: str, view: str) -> None:
        """Show one of the views; style sheets decide whether that matters at this size."""
        self.remove_class(f"-{before}")
        self.add_class(f"-{view}").set_class(view in LOAD, "-load")
        for chart in self.query(".load"):
            chart.set_class(chart.id == f"{view}-chart", "-turn")
        if self.is_mounted:
            self.query_one("#views", Tabs).active = view

    @on(Tabs.TabActivated, "#views")
    def turn(self, event: Tabs.TabActivated) -> None:
        """Follow the mouse."""
        event.stop()
        self.view = event.tab.id or VIEWS[0]

    def next_view(self) -> None:
        """Go round the views; where phases and log are always there, to the other charts and back."""
        if self.screen.has_class("-wide"):
            self.view = VIEWS[0] if self.view in LOAD else next(iter(LOAD))
        else:
            self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]


def scroll_views(part: Widget, by: int) -> None:
    """Scroll alarms and lists in this part of the screen by lines; whatever fits stays where it is."""
    for each in (*part.query(AlarmLanes), *part.query(GrowingList)):
        each.look(by)
