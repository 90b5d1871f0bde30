"""How many questions there are, lesson by kind, by level and by objective, beside what the blueprint asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from course.content.files.blueprint import COMPUTED, KINDS, LEVELS, Blueprint, Counts
from course.content.pack import Pack
from quiz.questions import Question


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and how many there should be."""

    have: int
    want: int | None = None
    """None: nobody has said."""

    @property
    def lacks(self) -> int:
        """How many are missing."""
        return max((self.want or 0) - self.have, 0)


Row = Mapping[str, Count]
"""By kind; `items` are all of them, and `computed` those of whatever kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a pack covers."""

    lessons: Mapping[str, Row]
    """In the order of the course; then those that only the blueprint knows."""
    whole: Row
    levels: Row
    objectives: Mapping[str, Row]
    """By exam and objective."""
    unwritten: tuple[str, ...] = ()
    """Lessons of the blueprint that are not there."""

    @property
    def short(self) -> tuple[str, ...]:
        """What falls short, in sentences."""
        return tuple(_short(self))


def coverage(pack: Pack) -> Coverage:
    """Count the questions of a pack; ContentError where a file is wrong."""
    plan = pack.blueprint() or Blueprint()
    banks = {id: pack.whole_lesson(id).bank for id in pack.course.lessons}
    unwritten = tuple(id for id in plan.lessons if id not in banks)
    lessons = {id: _row(banks.get(id, ()), plan.lessons.get(id)) for id in (*banks, *unwritten)}
    questions = [question for bank in banks.values() for question in bank]
    levels: Counter[str] = Counter(question.level or "none" for question in questions)
    return Coverage(
        lessons=lessons,
        whole=_sum(lessons.values()),
        levels={level: Count(levels[level], plan.levels.get(level)) for level in (*LEVELS, *levels)},
        objectives=dict(_objectives(questions, plan.objectives)),
        unwritten=unwritten,
    )


def _row(bank: Iterable[Question], want: Counts | None) -> Row:
    items = {_item(question): question for question in bank}
    kinds = Counter("case" if id.startswith("case:") else each.kind for id, each in items.items())
    have = {**kinds, "items": len(items), COMPUTED: sum(each.computed is not None for each in items.values())}
    if want is None:
        return {name: Count(have.get(name, 0)) for name in _names(have)}
    wanted = {"items": sum(want.get(kind, 0) for kind in KINDS), **want}
    return {name: Count(have.get(name, 0), wanted.get(name, 0)) for name in _names(have)}


def _item(question: Question) -> str:
    """Return what it counts as: a question, or the case that it is a part of."""
    case = getattr(question, "case", None)
    return f"case:{getattr(case, 'id', case)}" if case else f"question:{question.id}"


def _names(have: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("items", *KINDS, *(name for name in have if name != COMPUTED), COMPUTED)))


def _sum(rows: Iterable[Row]) -> Row:
    have, want = Counter[str](), Counter[str]()
    for row in rows:
        have.update({name: count.have for name, count in row.items()})
        want.update({name: count.want for name, count in row.items() if count.want is not None})
    return {name: Count(have[name], want.get(name)) for name in _names(have)}


def _objectives(questions: Iterable[Question], want: Mapping[str, Counts]) -> Iterator[tuple[str, Row]]:
    """Yield each exam's objectives; what serves 3.3.1 serves 3.3 too, where the blueprint names that."""
    served = [(exam, id) for each in questions for exam, ids in (each.objectives or {}).items() for id in set(ids)]
    for exam in dict.fromkeys((*want, *sorted({exam for exam, _ in served}))):
        wanted = want.get(exam, {})
        names = [*wanted, *sorted({id for at, id in served if at == exam} - set(wanted))]
        serving = [each.objectives[exam] for each in questions if each.objectives and exam in each.objectives]
        yield exam, {name: Count(sum(_serves(ids, name) for ids in serving), wanted.get(name)) for name in names}


def _serves(ids: Iterable[str], objective: str) -> bool:
    return any(id == objective or id.startswith(f"{objective}.") for id in ids)


def _short(found: Coverage) -> Iterator[str]:
    for lesson in found.unwritten:
        yield f"{lesson}: the lesson is not there"
    for lesson, row in found.lessons.items():
        if lesson not in found.unwritten:
            yield from _lacking(lesson, row)
    yield from _lacking("levels", found.levels)
    for exam, row in found.objectives.items():
        yield from _lacking(f"objectives of {exam}", row)


def _lacking(what: str, row: Row) -> Iterator[str]:
    lacks = [f"{name} by {count.lacks}" for name, count in row.items() if count.lacks and name != "items"]
    if lacks:
        yield f"{what}: {', '.join(lacks)}"
