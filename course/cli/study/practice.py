"""`mlcourse quiz` and `mlcourse review`: a session line by line, gone on with wherever it was interrupted."""

from __future__ import annotations

import argparse
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course import wiring
from course.cli.present import complain, counted
from course.cli.study import asking
from course.cli.study.conversation import About, Conversation, End, say
from course.cli.study.typed import Read, typed
from course.cli.surroundings import catalog, find, journal, places
from course.counting import raised_in
from course.desk import LabDesk
from course.errors import CourseError
from course.folds.progress import PROGRESS
from course.history import Event, EventKind
from course.learning.due import exam_date, is_known, items_due
from course.learning.items import Item
from course.learning.kept import REVIEWS
from course.learning.sessions import Mode, Session, Wanted, chosen, interrupted
from course.ports import Study
from course.shelf import Shelf

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.ports import Journal
    from course.syllabus import Term

WELL = {"1": "again", "2": "hard", "3": "good"}
HOW_WELL = "How well did you know it? Type 1 for not at all, 2 for half, 3 for well."
FILTERS = ("lesson", "objective", "kind", "level", "only", "count")


def practise(options: argparse.Namespace) -> int:
    """Go on with a practice session that was interrupted, or begin one; 1 if there is nothing to ask."""
    packs = catalog(options)
    read = typed()
    with journal(options) as history:
        title, lesson = _title(packs, options)
        session = None if options.new else _open(_study(options, history), "practice", title, lesson)
        if session is None:
            session = _begun(history, title, "practice", _wanted(packs, history, options), lesson)
        if session is None:
            complain("No question is like that. Ask for less: fewer conditions leave more questions.")
            return 1
        return Practice(packs, history, read, session).go()


def review(options: argparse.Namespace) -> int:
    """Go through what is due."""
    packs = catalog(options)
    read = typed()
    with journal(options) as history:
        study = _study(options, history)
        session = _open(study, "review", "Review", "")
        if session is None:
            session = _begun(history, "Review", "review", items_due(study), "")
        if session is None:
            print("Nothing is due. What you answer comes back when you are about to forget it.")
            return 0
        return Practice(packs, history, read, session).go()


def _title(packs: Packs, options: argparse.Namespace) -> tuple[str, str]:
    """Return what the session is called, and the lesson that it is about if that is the only condition: the screens
    call it the same, and go on with it."""
    asked = {name: value for name in FILTERS if (value := getattr(options, name)) is not None}
    if options.lesson is not None:
        topics = {topic.id: topic for topic in packs.outline.topics}
        topic = find("lesson", options.lesson, lambda id: topics[id], topics)
        if len(asked) == 1:
            return f"Questions: {topic.title}", topic.id
    conditions = ", ".join(f"{name} {value}" for name, value in asked.items())
    return (f"Practice: {conditions}" if conditions else "Practice"), ""


def _wanted(packs: Packs, history: Journal, options: argparse.Namespace) -> tuple[Item, ...]:
    only: dict[str, Any] = {} if options.only is None else {options.only: True}
    wanted = Wanted(
        lesson=options.lesson,
        objective=options.objective,
        kind=options.kind,
        level=options.level,
        count=options.count,
        **only,
    )
    now = wiring.now()
    cards = packs.question_cards()
    reviews = history.folded(REVIEWS).current(raised_in(packs.outline, cards))
    return chosen(cards, reviews, wanted, now.toordinal(), now=now, exam=exam_date(history))


def _study(options: argparse.Namespace, history: Journal) -> Study:
    where = places(options)
    return Study(Shelf(where.packs, where.data), history, LabDesk(where.reports), wiring.now)


def _open(study: Study, mode: Mode, title: str, lesson: str) -> Session | None:
    """Return the session to go on with: without conditions the last one, whatever its conditions were."""
    found = interrupted(study.journal.events(), lambda item: is_known(study.catalog, item), lesson)
    if found is None or found.mode != mode:
        return None
    if mode == "practice" and not lesson and title != "Practice" and found.title != title:
        return None
    print(f"You go on with {found.title or title}, at {found.step + 1} of {len(found.items)}.")
    return found


def _begun(history: Journal, title: str, mode: Mode, items: tuple[Item, ...], lesson: str) -> Session | None:
    if not items:
        return None
    session = Session(id=secrets.token_hex(16), title=title, mode=mode, items=items, lesson=lesson)
    data = {"title": title, "mode": mode, "items": [item.name for item in items], "lesson": lesson}
    history.record(Event(wiring.now(), "practice-begun", session.id, data))
    print(f"{title}: {counted(len(items), 'item')}. It can be interrupted anywhere, and is gone on with next time.")
    return session


@dataclass
class Practice:
    """A session while it lasts."""

    packs: Packs
    history: Journal
    read: Read
    session: Session
    right: dict[Item, bool] = field(default_factory=dict)
    """Of what was answered, at the first try."""

    def go(self) -> int:
        """Ask item after item; what is left is where the next time begins."""
        self.right |= self.session.first_tries
        for step in range(self.session.step, len(self.session.items)):
            self._record("practice-step", self.session.id, {"step": step})
            print(f"\nItem {step + 1} of {len(self.session.items)}")
            if not self._ask(self.session.items[step]):
                what = "review" if self.session.mode == "review" else "quiz"
                print(f"Interrupted at {step + 1} of {len(self.session.items)}. Go on with: mlcourse {what}")
                return 0
        self._record("practice-step", self.session.id, {"step": len(self.session.items)})
        self._summary()
        return 0

    def _ask(self, item: Item) -> bool:
        """Ask an item; False if the learner leaves."""
        match item.kind:
            case "question":
                return self._question(item) != "left"
            case "term":
                return self._term(item)
            case "goal":
                return self._goal(item)

    def _question(self, item: Item) -> End:
        before = self.session.answers.get(item, ())
        last = before[-1].data if before else {}
        if last.get("correct") is True or last.get("judged") == "learner" or len(before) > 1:
            return "skipped"  # it was answered for good before the session was interrupted
        attempts = self.history.folded(PROGRESS).questions
        seed = before[0].whole("seed") if before else attempts[item.id].attempts if item.id in attempts else 0
        data = {"where": self.session.mode, "session": self.session.id}
        about = About(lesson=self._lesson_of(item.id), seed=seed, data=data)
        asked = Conversation.of(self.history, self.read, self.packs.question(item.id), about)
        if before:
            print("You have answered this once, and not rightly. This is the second try.")
            asked.tries, asked.sure = 1, before[0].text("confidence", "unsure")
        end = asked.hold()
        if asked.tries:
            self.right.setdefault(item, end == "right" and asked.tries == 1 and not asked.hints)
        return end

    def _term(self, item: Item) -> bool:
        term = next(term for term in self.packs.terms() if term.id == item.id)
        print(f"Do you know this word? {term.term}\nEnter shows what it means. Or type skip or quit.")
        line = self.read()
        if line is None or line.casefold() in ("quit", "q"):
            return False
        if line.casefold() == "skip":
            return True
        self._turn(term)
        while (line := self.read()) is not None and line.casefold() not in ("quit", "q"):
            if line.casefold() == "skip":
                return True
            if rating := WELL.get(line):
                self.right.setdefault(item, rating != "again")
                self._record("recalled", item.id, {"rating": rating, "session": self.session.id})
                return True
            print(HOW_WELL)
        return False

    def _turn(self, term: Term) -> None:
        print(term.definition.strip())
        if term.example:
            print(f"Example: {term.example.strip()}")
        print(HOW_WELL)

    def _goal(self, item: Item) -> bool:
        lab = item.id.partition("/")[0]
        print(f"A goal to meet: {self._goal_title(item)}\nIn the lab: {self.packs.outline.title_of('lab', lab)}")
        print(f"It is due until a plan that meets it was graded: mlcourse lab show {lab}")
        print("Enter goes on. Or type quit.")
        line = self.read()
        return line is not None and line.casefold() not in ("quit", "q")

    def _goal_title(self, item: Item) -> str:
        lab, _, goal = item.id.partition("/")
        try:
            goals = self.packs.lab(lab).goals
        except (KeyError, CourseError):
            return goal
        return next((each.title for each in goals if each.id == goal), goal)

    def _lesson_of(self, question: str) -> str:
        return next((card.lesson for card in self.packs.question_cards() if card.id == question), "")

    def _summary(self) -> None:
        items = self.session.items
        right = sum(self.right.get(item) is True for item in items)
        print(f"\n{right} of {counted(len(items), 'item')} right at the first try.")
        for item in items:
            if not self.right.get(item):
                say([f"{'Not right' if item in self.right else 'Left out'}: {self._name(item)}"])

    def _name(self, item: Item) -> str:
        match item.kind:
            case "question":
                return asking.gist(self.packs.question(item.id).stem)
            case "term":
                return next((term.term for term in self.packs.terms() if term.id == item.id), item.id)
            case "goal":
                return self._goal_title(item)

    def _record(self, kind: EventKind, subject: str, data: dict[str, Any]) -> None:
        self.history.record(Event(wiring.now(), kind, subject, data))
