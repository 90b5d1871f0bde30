"""What to practise: a row for each condition, and how many questions meet them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.counting import raised_in
from course.learning.due import is_known
from course.learning.items import Item
from course.learning.kept import REVIEWS
from course.learning.sessions import Wanted, chosen, interrupted
from course.tui.commands import bindings
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import count, plain
from course.tui.places import PlaceChosen, PracticePlace
from course.tui.practice.commands import BEGIN, CONTINUE, TURN, TURN_BACK
from course.tui.screens.base import CourseScreen
from course.tui.widgets.choices import Rows

if TYPE_CHECKING:
    from course.outline import Outline
    from course.ports import Study
    from course.syllabus import QuestionCard


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a row can stand on."""

    words: str
    adds: Wanted
    """What it asks for; the conditions of all rows together hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One condition."""

    name: str
    choices: tuple[Choice, ...]


ANY = Choice("any", Wanted())
COUNTS = (10, 20, 50)


def rows(cards: Sequence[QuestionCard], outline: Outline) -> tuple[Row, ...]:
    """Return the conditions that these questions can be told apart by."""
    titles = {topic.id: topic.title for topic in outline.topics}
    lessons = list(dict.fromkeys(card.lesson for card in cards))
    objectives = sorted({f"{exam}/{each}" for card in cards for exam, ids in card.objectives.items() for each in ids})
    kinds, levels = sorted({card.kind for card in cards}), sorted({card.level for card in cards if card.level})
    return (
        Row(
            "Questions",
            (
                Choice("all", Wanted()),
                Choice("never seen", Wanted(unseen=True)),
                Choice("wrong last time", Wanted(wrong=True)),
                Choice("due for review", Wanted(due=True)),
                Choice("of what you know least", Wanted(weak=True)),
            ),
        ),
        Row("Lesson", (ANY, *(Choice(titles.get(id, id), Wanted(lesson=id)) for id in lessons))),
        Row("Objective", (ANY, *(Choice(id.replace("/", " ").upper(), Wanted(objective=id)) for id in objectives))),
        Row("Kind", (ANY, *(Choice(kind, Wanted(kind=kind)) for kind in kinds))),
        *((Row("Level", (ANY, *(Choice(level, Wanted(level=level)) for level in levels))),) if levels else ()),
        Row("How many", (*(Choice(f"up to {n}", Wanted(count=n)) for n in COUNTS), Choice("all of them", Wanted()))),
    )


class ChoosePracticeScreen(CourseScreen):
    """Arrows go up and down the rows, space turns one; Enter begins."""

    CSS_PATH = ["../screens/page.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEGIN, TURN, TURN_BACK, CONTINUE)

    places: var[tuple[int, ...]] = var[tuple[int, ...]]((), init=False)
    """On which choice each row stands."""

    def __init__(self, study: Study) -> None:
        super().__init__(study, "Practise")
        self.cards = study.catalog.question_cards()
        self.rows = rows(self.cards, study.catalog.outline)
        raised = raised_in(study.catalog.outline, self.cards)
        self.reviews = study.journal.folded(REVIEWS).current(raised)
        self.open = interrupted(study.journal.events(), lambda item: is_known(study.catalog, item), "")
        """A session that was not gone through to its end."""
        self.set_reactive(ChoosePracticeScreen.places, (0,) * len(self.rows))

    def compose_body(self) -> ComposeResult:
        """The rows, and what they come to."""
        with Vertical(id="column"):
            yield Static(plain("What would you like to practise?", "bold $accent"), classes="heading")
            yield Rows(*self._options())
            yield Static(id="found", classes="paragraph")
            if self.open is not None:
                left = len(self.open.items) - self.open.step
                say = f"{self.open.title} was interrupted with {left} to go: c goes on with it."
                yield Static(plain(say, "$hushed"), classes="paragraph")

    def on_mount(self) -> None:
        """Count."""
        self.watch_places()

    @property
    def wanted(self) -> Wanted:
        """All conditions together."""
        said: dict[str, Any] = {}
        for row, place in zip(self.rows, self.places, strict=True):
            said |= {name: value for name, value in asdict(row.choices[place].adds).items() if value}
        return Wanted(**said)

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions that meet them; the mixture is another one each day."""
        now = self.study.now()
        return chosen(self.cards, self.reviews, self.wanted, now.toordinal(), now=now)

    def watch_places(self) -> None:
        """Show what is chosen, and how many questions that are."""
        choices = self.query_one(Rows)
        at = choices.highlighted
        choices.set_options(self._options())
        choices.highlighted = at or 0
        found = len(self.items)
        words = f"{count(found, 'question')} like that." if found else "No question is like that: ask for less."
        self.query_one("#found", Static).update(plain(words, "" if found else "$warning"))
        self.refresh_bindings()

    def _options(self) -> list[Option]:
        return [
            Option(
                Spread(
                    plain(row.name),
                    Content.assemble(
                        plain("‹ ", "$hushed"), plain(row.choices[at].words, "bold"), plain(" ›", "$hushed")
                    ),
                )
            )
            for row, at in zip(self.rows, self.places, strict=True)
        ]

    def action_turn(self, by: int = 1) -> None:
        """Take the next choice of the row."""
        at = self.query_one(Rows).highlighted or 0
        turned = (self.places[at] + by) % len(self.rows[at].choices)
        self.places = (*self.places[:at], turned, *self.places[at + 1 :])

    def action_turn_back(self) -> None:
        """Take the choice before."""
        self.action_turn(-1)

    def action_continue(self) -> None:
        """Go on with the practice that was interrupted."""
        self.dismiss()
        self.app.post_message(PlaceChosen(PracticePlace()))

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_turn()

    def action_begin(self) -> None:
        """Begin, if there is something to ask."""
        items = self.items
        if items:
            self.dismiss()
            self.app.post_message(PlaceChosen(PracticePlace(items=tuple(item.name for item in items))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be something to begin with, or to go on with."""
        if action == "continue":
            return self.open is not None
        return bool(self.items) if action == "begin" else True
