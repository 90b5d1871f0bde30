"""The sums of an exam: the whole, each domain and objective with an interval, and the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from course.learning.exams.result import Result
from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import count, plain
from course.tui.exam.words import as_share
from quiz.exams.score import Share

if TYPE_CHECKING:
    from quiz.exams.profile import Profile

WIDTH = 24
"""Cells of a bar."""


class SumsView(Vertical):
    """Read from top to bottom; nothing is to be done here."""

    def __init__(self, done: Result, profile: Profile | None) -> None:
        super().__init__()
        self.done, self.profile = done, profile

    def compose(self) -> ComposeResult:
        """The whole first."""
        done = self.done
        yield Static(
            plain(f"{done.score.whole.right} of {done.score.whole.of} right", "bold $accent"), classes="heading"
        )
        yield Static(Stack(*self._whole()))
        if done.earlier:
            yield Static(plain("Earlier", "bold"), classes="subheading")
            yield Static(Stack(*self._earlier()))
        yield Static(plain("By domain", "bold"), classes="subheading")
        yield Static(Stack(*_bars(self._domains())))
        if done.score.objectives:
            yield Static(plain("By objective", "bold"), classes="subheading")
            yield Static(Stack(*_bars(self._objectives())))
        yield Static(plain(_LEGEND, "$hushed"), classes="paragraph")

    def _whole(self) -> Iterator[Visual]:
        done = self.done
        ended, sitting = done.ended, done.sitting
        yield Content.assemble(bar(done.score.whole), plain(f"  {as_share(done.score.whole)}"))
        low, scaled, high = done.scaled
        mark = f"; {sitting.pass_mark} is enough" if sitting.pass_mark else ""
        yield plain(f"Scaled score, an estimate: about {scaled}, {low} to {high} of 100 to 1000{mark}.")
        yield plain("How the real one is reckoned is not public.", "$hushed")
        if ended.why == "time":
            yield plain("It ended by time.")
        for task in sitting.tasks:
            passed = ended.tasks.get(task.lab)
            say = "gone, not counted" if task.lab in ended.gone else "passed" if passed else "not passed"
            sign = signs.RIGHT if passed else signs.WRONG
            yield Hanging(sign.content + plain(" "), plain(f"Task {task.lab}: {say}; it counts for {task.counts}."))
        if done.score.unscored.of:
            unscored = done.score.unscored
            yield plain(f"{count(unscored.of, 'question')} did not count; {unscored.right} right.", "$hushed")
        if missing := sum(sitting.missing.values()):
            yield plain(f"{count(missing, 'question')} of the real exam had no match in this course.", "$hushed")
        if ended.judged:
            right = sum(ended.judged.values())
            yield plain(f"{count(len(ended.judged), 'answer')} judged by yourself; {right} right.", "$hushed")
        if done.to_judge:
            say = f"{count(len(done.to_judge), 'answer')} left for you to judge, wrong until then: see the list."
            yield Hanging(signs.CAREFUL.content + plain(" "), plain(say, "$warning"))
        if ended.gone:
            yield plain(f"Gone meanwhile, and not counted: {', '.join(sorted(ended.gone))}.", "$hushed")

    def _earlier(self) -> Iterator[Visual]:
        now = self.done.score.whole
        for each in self.done.earlier:
            then = Share(each.right, each.of)
            points = round(100 * now.share) - round(100 * then.share)
            more = "as now" if not points else f"now {abs(points)} points {'more' if points > 0 else 'less'}"
            yield Content.assemble(bar(then), plain(f"  {each.at:%Y-%m-%d}  {as_share(then)}, {more}"))

    def _domains(self) -> Iterator[tuple[str, Share]]:
        for id, share in self.done.score.domains.items():
            known = self.profile.domain(id) if self.profile else None
            yield (f"{id}  {known.title}" if known else id or "not known"), share

    def _objectives(self) -> Iterator[tuple[str, Share]]:
        told = {
            id: say for each in (self.profile.domains if self.profile else ()) for id, say in each.objectives.items()
        }
        for id, share in sorted(self.done.score.objectives.items()):
            yield f"{id}  {told.get(id, '')}".strip() or "not known", share


_LEGEND = "● is your share; between ├ and ┤ lies what you know, with 95 % confidence: few questions tell little."


def _bars(shares: Iterator[tuple[str, Share]]) -> Iterator[Visual]:
    for name, share in shares:
        yield plain(name)
        yield Content.assemble("  ", bar(share), plain(f"  {as_share(share)}", "$hushed"))


def bar(share: Share) -> Content:
    """Return a bar from 0 to 100 % with the share and its interval, told apart by signs."""
    low, high = share.interval
    cells = ["·"] * WIDTH
    ends = [min(int(each * WIDTH), WIDTH - 1) for each in (low, share.share, high)]
    cells[ends[0] : ends[2] + 1] = "─" * (ends[2] + 1 - ends[0])
    cells[ends[0]], cells[ends[2]], cells[ends[1]] = "├", "┤", "●"
    return plain("".join(cells), "$accent")
