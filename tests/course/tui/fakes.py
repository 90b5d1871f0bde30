"""A whole study without files: two lessons with every kind of step and question, a glossary, a journal in memory.

Some of the texts are hostile on purpose; on the screen they must be plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from course.errors import CourseError
from course.history import Event, EventKind, Keeping
from course.outline import Outline, Part, Topic
from course.plan_text import CheckedPlan
from course.ports import ReportError, Study
from course.syllabus import Checkpoint, Lesson, Plot, Practice, Prose, QuestionCard, Reading, Source, Term
from engine.plan import Plan
from engine.run import Run
from labs.grade import Grade
from labs.incidents.session import Incident
from labs.lab import Lab
from quiz.exams.profile import Profile
from quiz.questions import (
    Concept,
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    ShortText,
    Single,
    Slip,
)

MONDAY = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)

SINGLE = Single(
    id="wait-field",
    stem="A canary sends 10 % first and waits ten minutes. Which field holds the ten minutes?",
    explain="`WaitIntervalInSeconds` lies **between** two shifts; the other one comes after the last.",
    hints=("Which of them stands between two steps?", "One of them starts after the last shift."),
    options=(
        Option(
            id="wait",
            text="`WaitIntervalInSeconds`",
            why="It is the time between two shifts.",
            correct=True,
        ),
        Option(
            id="end",
            text="`TerminationWaitInSeconds`",
            why="It keeps the old fleet for a while after the last shift.",
        ),
        Option(id="max", text="`MaximumExecutionTimeoutInSeconds`", why="It ends an update that hangs."),
    ),
)
MULTIPLE = Multiple(
    id="what-bakes-find",
    stem="Which of these can a bake find that an offline test cannot?",
    explain="A bake has *live* requests and time.",
    hints=("Two of them need time or load.",),
    options=(
        Option(id="leak", text="A slow memory leak", why="It needs thousands of requests to show.", correct=True),
        Option(id="load", text="A queue under real load", why="A test sends one at a time.", correct=True),
        Option(id="labels", text="Lower accuracy on the test set", why="The offline test said so already."),
        Option(id="bold", text="[bold red]not markup[/bold red] [/]", why="[/] Brackets are brackets."),
    ),
)
ORDERING = Ordering(
    id="canary-order",
    stem="Bring the steps of a canary update into order.",
    explain="Start, shift a little, bake, shift the rest.",
    hints=("What must be there before it can get requests?",),
    items=(
        Item(id="start", text="Start the green fleet", why="All of green starts first."),
        Item(id="canary", text="Send a tenth of the requests to green", why="That is the canary."),
        Item(id="bake", text="Bake and watch the alarms", why="Most users are still on blue."),
        Item(id="rest", text="Send the rest to green", why="It comes only if no alarm fired."),
    ),
)
MATCHING = Matching(
    id="who-does-what",
    stem="Give each word its part in the story.",
    explain="Blue is what users know; green has to earn it.",
    hints=("Begin with the colours.",),
    pairs=(
        Pair(id="blue", prompt="Blue fleet", answer="Runs the version that users know", why="It was there first."),
        Pair(id="green", prompt="Green fleet", answer="Runs the version that must prove itself", why="It is new."),
        Pair(
            id="bake",
            prompt="Baking period",
            answer="Time in which alarms watch live requests",
            why="No alarm, no bake.",
        ),
    ),
    decoys=(Option(id="shadow", text="Gets copies; nobody sees its answers", why="That is a shadow variant."),),
)
NUMERIC = Numeric(
    id="harmed",
    stem="20 requests a second, a quarter of them on green, one in five fails, four minutes. How many fail?",
    explain="20 × 240 × 0.25 × 0.2 = 240.",
    hints=("Start with all requests in four minutes.",),
    value=240,
    tolerance=1,
    unit="requests",
    slips=(Slip(answer="960", why="Only a quarter of the requests meet green."),),
)
SHORT = ShortText(
    id="latency-unit",
    stem="In which unit does CloudWatch give ModelLatency?",
    explain="Half a second is 500,000 there.",
    hints=("It is smaller than a millisecond.",),
    answers=("microseconds", "microsecond", "µs"),
    slips=(Slip(answer="milliseconds", why="Off by a factor of 1000: your alarm would never be quiet."),),
)
SENTENCE = ShortText(
    id="why-real",
    stem="In a sentence: why does a tested model need a bake?",
    explain="Tests hold what somebody has thought of.",
    hints=("What do tests lack?",),
    answers=("Live traffic brings out faults that no test has.",),
    concepts=(
        Concept(id="live", any=("live/real traffic",), say="What do tests lack?"),
        Concept(id="faults", any=("fault",), say="What comes out then?"),
    ),
    wrong=(Concept(id="warm", any=("warm up",), say="Instances are warm by then."),),
)
QUESTIONS: tuple[Question, ...] = (SINGLE, MULTIPLE, ORDERING, MATCHING, NUMERIC, SHORT)

TEXT = """\
A new model has passed every test. On Tuesday at ten it meets **real people**.

What you can choose is *how many people are hurt*, and for how long:

- let few requests meet the new version first
- watch `Invocation5XXErrors`, [not markup], <b>not HTML</b>
- keep the way back open

| What | On SageMaker |
|---|---|
| Strategy | blue/green, all at once |
| Brackets | [bold]plain[/bold] [/] |

> A bake without an alarm is only waiting.
"""

DIAGRAM = """\
Going back is quick while blue still runs:

```text
      ┌───────────▼───────────┐   alarm   ┌─────────────────┐
 ┌───▶│ bake, alarms watch    ├──────────▶│   roll back     │
 │    └───────────┬───────────┘           │   users: blue   │
 └── more steps ──┘                       └─────────────────┘
```

```yaml
UpdateEndpoint:
  EndpointName: churn
  RetainDeploymentConfig: true
```
"""

STAIRS = Plot(
    title="Traffic during a linear update",
    x="minutes since UpdateEndpoint",
    y="% of requests",
    steps=True,
    series={
        "blue": ((0, 100), (3, 75), (8, 50), (13, 25), (18, 0), (33, 0)),
        "green": ((0, 0), (3, 25), (8, 50), (13, 75), (18, 100), (33, 100)),
    },
)

LAB = "first-guarded-update"

CANARY = Lesson(
    id="canary",
    revision=1,
    title="Canary traffic shifting",
    minutes=15,
    steps=(
        Reading(title="Small harm, quickly undone", blocks=(Prose(markdown=TEXT),)),
        Reading(title="The way back", blocks=(Prose(markdown=DIAGRAM), STAIRS)),
        *(Checkpoint(question=question) for question in QUESTIONS),
        Practice(lab=LAB, title="First guarded update"),
    ),
    objectives={"mla-c01": ("3.1", "3.3")},
    glossary=("canary", "baking-period"),
    sources=(Source(url="https://example.org/guide", checked="2026-11-22"),),
)
LINEAR = Lesson(
    id="linear",
    revision=1,
    title="Linear traffic shifting",
    minutes=10,
    steps=(Reading(title="Stairs", blocks=(STAIRS,)), Checkpoint(question=SINGLE)),
    objectives={},
    glossary=(),
    sources=(),
)
LESSONS = {lesson.id: lesson for lesson in (CANARY, LINEAR)}

SOURCE = Source(url="https://docs.aws.amazon.com/sagemaker/", checked="2026-11-27")
TERMS = (
    Term(
        id="baking-period",
        term="Baking period",
        definition="A set time in which the new version serves live requests while alarms watch.",
        example="Ten minutes with 10 % of the traffic.",
        see=("canary", "blue-fleet"),
        source=SOURCE,
        lesson="canary",
    ),
    Term(
        id="blue-fleet",
        term="Blue fleet",
        definition="The instances that run the old, known version.",
        see=("canary",),
        source=SOURCE,
        lesson="unwritten",
    ),
    Term(
        id="canary",
        term="Canary",
        definition="A traffic shift in two steps: a small part first, and the rest if no alarm fires.",
        example="One of four instances gets a quarter of the requests.",
        see=("baking-period",),
        source=SOURCE,
        lesson="canary",
    ),
    Term(
        id="rollback",
        term="Rollback",
        definition="Sending all requests back to blue. [/]",
        source=SOURCE,
        lesson="linear",
    ),
)

OUTLINE = Outline(
    id="deploying-models-safely",
    title="Deploying models safely",
    about="Put a new model into production without hurting anyone, and prove that you can.",
    terms=tuple(term.id for term in TERMS),
    parts=(
        Part(
            id="strategies",
            numeral="I",
            title="Deployment strategies",
            topics=(
                Topic(
                    id="canary",
                    title="Canary traffic shifting",
                    minutes=15,
                    about="A few requests go first. How few, how long, and what they can prove.",
                    questions=tuple(question.id for question in QUESTIONS),
                    labs={LAB: "First guarded update"},
                ),
                Topic(
                    id="linear",
                    title="Linear traffic shifting",
                    minutes=10,
                    about="Equal steps, each with its own bake.",
                    needs=("canary",),
                ),
            ),
        ),
        Part(id="endpoints", numeral="II", title="Amazon SageMaker AI endpoints", topics=()),
    ),
)


class BrokenLesson(CourseError):
    """What content says of a lesson with a mistake in it."""


@dataclass
class FakeCatalog:
    """Content in memory; `broken` lessons raise as those with wrong files do."""

    outline: Outline = OUTLINE
    lessons: dict[str, Lesson] = field(default_factory=lambda: dict(LESSONS))
    broken: dict[str, str] = field(default_factory=dict)
    exams: dict[str, Profile] = field(default_factory=dict)
    warning: str | None = None

    def lesson(self, id: str) -> Lesson:
        if id in self.broken:
            raise BrokenLesson(self.broken[id])
        return self.lessons[id]

    def question_cards(self) -> tuple[QuestionCard, ...]:
        found = [QuestionCard.of(each, id) for id in self.lessons for each in self.lesson(id).bank]
        return tuple({card.id: card for card in reversed(found)}.values())

    def has_question(self, id: str) -> bool:
        return any(card.id == id for card in self.question_cards())

    def question(self, id: str) -> Question:
        found = {each.id: each for lesson in self.lessons.values() for each in lesson.bank}
        return found[id]

    def pack_of(self, question: str) -> str:
        return self.outline.id

    def terms(self) -> tuple[Term, ...]:
        return TERMS

    def lab(self, id: str) -> Lab:
        raise KeyError(id)

    def lab_ids(self) -> tuple[str, ...]:
        return (LAB,)

    def incident(self, id: str) -> Incident:
        raise KeyError(id)

    def incident_ids(self) -> tuple[str, ...]:
        return ()

    def exam(self, id: str) -> Profile:
        return self.exams[id]

    def exam_ids(self) -> tuple[str, ...]:
        return tuple(self.exams)


@dataclass
class FakeJournal:
    """History in memory."""

    written: list[Event] = field(default_factory=list)
    warning: str | None = None
    keeping: Keeping = Keeping()

    def record(self, event: Event) -> None:
        self.written.append(event)

    def events(self) -> tuple[Event, ...]:
        return tuple(self.written)

    def folded(self, fold):
        """Return a fold over all events."""
        return fold.of(self.written)

    def kinds(self, kind: EventKind) -> list[Event]:
        """The events of one kind."""
        return [event for event in self.written if event.kind == kind]


class FakeDesk:
    """Nobody works here, but texts are kept."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.trouble = ""

    def keep(self, name: str, text: str) -> str:
        if self.trouble:
            raise ReportError(self.trouble)
        self.kept[name] = text
        return f"/reports/{name}"

    def check(self, lab: Lab, text: str) -> CheckedPlan:
        raise NotImplementedError

    def run(self, lab: Lab, plan: Plan, release: str, seed: int) -> Run:
        raise NotImplementedError

    def grade(self, lab: Lab, plan: Plan, on_progress: Callable[[int, int], None]) -> Grade:
        raise NotImplementedError


@dataclass
class Clock:
    """Each look at it is a second later."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def event(kind: EventKind, subject: str, **data: Any) -> Event:
    """Something that happened last Monday."""
    return Event(MONDAY, kind, subject, data)


def study(*events: Event, warning: str | None = None, catalog: FakeCatalog | None = None) -> Study:
    """A study with this history."""
    journal = FakeJournal(list(events), warning)
    return Study(catalog=catalog or FakeCatalog(), journal=journal, desk=FakeDesk(), now=Clock())


MASTERED = (
    *(event("answered", question.id, answer="", correct=True, lesson="canary") for question in QUESTIONS),
    event("lab-graded", LAB, passed=True, score=100.0, goals={}, text=""),
)
"""All that the lesson about canaries asks for."""
