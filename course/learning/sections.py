"""A learner's standing in words and tables, once for all who show it: each section is a title, sentences and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from course.learning.exercises import Exercise
from course.learning.standing import Ready, Standing
from labs.prediction import ASKED

SectionId = Literal[
    "readiness", "objectives", "due", "time", "lessons", "exercises", "predictions", "calibration", "exams"
]
DAYS_SHOWN = 14
"""Of time learned: two weeks back, as far as reviews are told ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of what there is to say."""

    id: SectionId
    title: str
    say: tuple[str, ...] = ()
    """Sentences."""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Cells under the heads."""
    lines: tuple[str, ...] = ()
    """The same as the rows, in sentences, without what is zero."""


def sections(standing: Standing) -> tuple[Section, ...]:
    """Return all sections, what is asked for most first."""
    return (
        _readiness(standing),
        _objectives(standing),
        _due(standing),
        _time(standing),
        _lessons(standing),
        _exercises(standing),
        _predictions(standing),
        _calibration(standing),
        _exams(standing),
    )


def _readiness(standing: Standing) -> Section:
    return Section(
        id="readiness",
        title="Ready for an exam?",
        say=() if standing.ready else ("This course has no exams.",),
        head=("Exam", "Passed today", "Because"),
        rows=tuple((each.title, chance(each), each.readiness.why) for each in standing.ready),
        lines=tuple(f"{each.title}: {chance(each)}. {each.readiness.why}" for each in standing.ready),
    )


def chance(ready: Ready) -> str:
    """Return the probability with its interval; nothing but `not yet` where there is too little evidence."""
    found = ready.readiness
    return f"{found.p_pass:.0%} ({found.low:.0%} to {found.high:.0%})" if found.enough else "not yet known"


def _objectives(standing: Standing) -> Section:
    found = standing.objectives
    rows = tuple(
        (
            f"{each.exam.upper()} {each.objective}",
            f"{each.estimate:.0%}" if each.of else "not yet known",
            f"{each.low:.0%} to {each.high:.0%}" if each.of else "-",
            f"{each.right} of {each.of} right, {each.questions} in the course",
        )
        for each in found
    )
    return Section(
        id="objectives",
        title="What you know, by objective",
        say=("How likely you answer a new question right; nine in ten such intervals hold the truth.",)
        if found
        else ("No question of this course serves an exam's objective.",),
        head=("Objective", "Estimate", "Interval", "First answers"),
        rows=rows,
        lines=tuple(
            f"{name}: {estimate}, {interval}; first answers {answers}"
            for (name, estimate, interval, answers), each in zip(rows, found, strict=True)
            if each.of
        ),
    )


def _due(standing: Standing) -> Section:
    due, today = standing.due, standing.at.date()
    now = f"{_count(len(due.now), 'item')} due now, about {due.minutes} min." if due.now else "Nothing is due now."
    return Section(
        id="due",
        title="Reviews due",
        say=(now,),
        head=("Day", "Reviews"),
        rows=tuple((day_named(day, today), str(count)) for day, count in due.days.items()),
        lines=tuple(f"{day_named(day, today)}: {_count(count, 'review')}" for day, count in due.days.items() if count),
    )


def _time(standing: Standing) -> Section:
    learned, today = standing.learned, standing.at.date()
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
    total = f"{learned.total:.0f} minutes in all, on {_count(len(learned.minutes), 'day')}."
    return Section(
        id="time",
        title="Time",
        say=(total, f"{_count(standing.days_in_a_row, 'day')} in a row."),
        head=("Day", "Minutes"),
        rows=tuple((day_named(day, today), f"{learned.minutes.get(day, 0.0):.0f}") for day in days),
        lines=tuple(
            f"{day_named(day, today)}: {learned.minutes[day]:.0f} min" for day in days if day in learned.minutes
        ),
    )


def _lessons(standing: Standing) -> Section:
    rows: list[tuple[str, ...]] = []
    for id, each in standing.lessons.items():
        state = "done" if each.done else each.note if each.begun else "not begun"
        rows.append((standing.titles[id], state))
    return Section(id="lessons", title="Lessons", head=("Lesson", "State"), rows=tuple(rows), lines=_said(rows))


def _exercises(standing: Standing) -> Section:
    rows = [(each.title, state_of(each), *best_and_par(each)) for each in standing.exercises]
    return Section(
        id="exercises",
        title="Labs and incidents",
        say=("Par is what the reference reaches; harmed are requests, a mean over seeds, all releases added up.",),
        head=("Exercise", "State", "Best", "Par"),
        rows=tuple(rows),
        lines=tuple(
            f"{title}: {state}; best {best}; par {par}" if best != "-" else f"{title}: {state}"
            for title, state, best, par in rows
        ),
    )


def state_of(exercise: Exercise) -> str:
    """Return how often it was tried, and whether it was passed."""
    if not exercise.attempts:
        return "not tried"
    tries = _count(exercise.attempts, "attempt" if exercise.kind == "lab" else "shift")
    left = f", {exercise.abandoned} left early" if exercise.abandoned else ""
    return f"{'passed' if exercise.passed else 'not yet passed'}, {tries}{left}"


def best_and_par(exercise: Exercise) -> tuple[str, str]:
    """Return the best attempt beside what the reference reaches."""
    best, par = list[str](), list[str]()
    if exercise.best is not None:
        best.append(f"{exercise.best:.0f} of 100")
    if exercise.goals:
        best.append(f"{exercise.met} of {_count(exercise.goals, 'goal')}")
        par.append("all goals")
    if exercise.harmed is not None:
        best.append(f"{exercise.harmed:,.0f} harmed")
    if exercise.par is not None:
        par.append(f"{exercise.par:,.0f} harmed")
    return ", ".join(best) or "-", ", ".join(par) or "-"


def _predictions(standing: Standing) -> Section:
    found, whole = standing.predicted, standing.predicted.whole
    rows = tuple((ASKED[part].name, f"{each.held} of {each.of}") for part, each in found.parts.items())
    said = f"{whole.held} of {whole.of} parts held, in {_count(found.runs, 'run')} of lessons and labs."
    return Section(
        id="predictions",
        title="Did your predictions hold?",
        say=(said if found.runs else "You have predicted no run yet.",),
        head=("Part", "Held"),
        rows=rows,
        lines=tuple(f"{part}: {held} held" for part, held in rows),
    )


def _calibration(standing: Standing) -> Section:
    scores = standing.scores
    said = (
        f"Brier score {scores.brier:.3f}: 0 would be perfect, 0.25 is what a coin reaches."
        if scores.brier is not None
        else "Nothing was predicted yet: that begins with your first answers."
    )
    return Section(
        id="calibration",
        title="Were the predictions right?",
        say=("Before each answer the program predicts whether it will be right.", said),
        head=("Predicted", "Came true", "Answers"),
        rows=tuple(
            (f"{each.predicted:.0%}", f"{each.right / each.count:.0%}", str(each.count)) for each in scores.bins
        ),
        lines=tuple(
            f"{each.predicted:.0%} predicted: {each.right} of {_count(each.count, 'answer')} right"
            for each in scores.bins
        ),
    )


def _exams(standing: Standing) -> Section:
    rows = tuple(_sat(standing))
    return Section(
        id="exams",
        title="Mock exams",
        say=() if standing.exams else ("None so far.",),
        head=("Ended", "Exam", "Right", "Interval", "Scaled, an estimate"),
        rows=rows,
        lines=_said(rows),
    )


def _sat(standing: Standing) -> Iterator[tuple[str, ...]]:
    for each in standing.exams:
        whole = each.score.whole
        low, high = whole.interval
        low_scaled, scaled, high_scaled = each.scaled
        yield (
            f"{each.ended.at.astimezone(standing.at.tzinfo):%Y-%m-%d %H:%M}",
            each.sitting.profile.upper(),
            f"{whole.right} of {whole.of}",
            f"{low:.0%} to {high:.0%}",
            f"{scaled} ({low_scaled} to {high_scaled})",
        )


def day_named(day: date, today: date) -> str:
    """Return `today`, or the day as `Thu 26 Nov`, in English whatever the system speaks."""
    if day == today:
        return "today"
    days, months = ("Mon Tue Wed Thu Fri Sat Sun", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    return f"{days.split()[day.weekday()]} {day.day} {months.split()[day.month - 1]}"


def _said(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(f"{first}: {', '.join(rest)}" for first, *rest in rows)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
