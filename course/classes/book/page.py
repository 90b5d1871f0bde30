"""The gradebook as one HTML page: the class at a glance, then each exercise with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from course.classes.book.charts import histogram, line
from course.classes.book.gradebook import Gradebook, Graded, Result, Row
from course.classes.book.sheets import word
from course.report.frame import framed, html

STYLE = """\
:root { color-scheme: light dark; --ink: #1f2430; --soft: #667085; --rule: #e3e6eb; --paper: #fff; --accent: #2f6fb0;
  --good: #1a7f4b; --warn: #9a6700; --bad: #b42318; --wash: #1a7f4b1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --soft: #98a2b3; --rule: #2d3340; --paper: #14171d;
  --accent: #7ab3ea; --good: #5cc491; --warn: #e0b341; --bad: #f38b82; --wash: #5cc49122; } }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; } h2 { font-size: 1.25rem; margin: 3.2rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 .4rem; }
p { margin: .3rem 0 .8rem; max-width: 46rem; } .soft { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--rule); }
thead th { font-weight: 600; color: var(--soft); font-size: .85rem; }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 9rem; max-width: 20rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } td.mark { white-space: nowrap; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
svg { max-width: 100%; height: auto; display: block; } svg text { font: 11px system-ui, sans-serif; }
svg .bar { fill: var(--accent); } svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .tick { fill: var(--soft); text-anchor: middle; } svg .count { fill: var(--ink); text-anchor: middle; }
svg .tick[text-anchor=start] { text-anchor: start; } svg .tick[text-anchor=end] { text-anchor: end; }
svg .good { fill: var(--wash); } svg .bound { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
svg .met { fill: var(--good); } svg .missed { fill: var(--paper); stroke: var(--bad); stroke-width: 1.8; }
.exercise { display: grid; grid-template-columns: minmax(0, 21rem) minmax(0, 1fr); gap: .5rem 3rem; }
.goal { display: grid; grid-template-columns: minmax(0, 1fr); margin-bottom: .9rem; } .goal b { font-weight: 600; }
@media (max-width: 52rem) { .exercise { grid-template-columns: minmax(0, 1fr); } }
@media print { main { max-width: none; padding: 0; } .exercise, .goal { break-inside: avoid; } }
"""
LEGEND = (
    "✓ passed, ✗ not passed, ! not graded, – nothing handed in. The number is the score, 0 to 100; ≠ marks what "
    "comes out otherwise than its file says."
)
ALIKE = (
    "Plans that send the same once names, order and comments are taken away, or differ in a value or two. Alike is no "
    "proof of copying: a small plan leaves little to choose. Plans close to the one that the lab begins with are left "
    "out, and so are those of the lab itself."
)


def page(book: Gradebook) -> str:
    """Return the page."""
    parts = [*_head(book), *_class(book)]
    for exercise in book.exercises:
        parts += _exercise(book, exercise)
    parts += [*_studied(book), *_notes(book)]
    return framed(f"Gradebook: {book.course}", parts, STYLE)


def _head(book: Gradebook) -> Iterator[str]:
    learners, exercises = len(book.rows), len(book.exercises)
    due = f" Due {book.due:%Y-%m-%d %H:%M %z}." if book.due else ""
    which = "the plan that the learner's own program thought best" if book.which == "best" else "the last plan"
    yield f'<p class="soft">{_counted(learners, "learner")}, {_counted(exercises, "exercise")}. '
    yield f"Every plan was run again; of several, {which} counts.{due}</p>"


def _class(book: Gradebook) -> Iterator[str]:
    yield "<h2>The class</h2>"
    if not book.rows:
        yield "<p>Nobody has handed anything in that could be read.</p>"
        return
    yield f'<p class="soft">{LEGEND}</p>'
    numbered = [f'<th scope="col" title="{html(each.title)}">{each_id(each)}</th>' for each in book.exercises]
    yield f'<div class="wide"><table><thead><tr><th scope="col">Learner</th>{"".join(numbered)}'
    yield '<th scope="col">Passed</th><th scope="col">Mean</th><th scope="col">Handed in</th></tr></thead><tbody>'
    for row in book.rows:
        cells = "".join(_mark(row.results.get(each.id), each) for each in book.exercises)
        late = ' <span class="warn">late</span>' if row.late else ""
        yield f'<tr><th scope="row">{html(row.learner)}</th>{cells}'
        yield f'<td class="number">{row.passed} of {len(book.exercises)}</td>'
        yield f'<td class="number">{row.score(book.exercises):g}</td>'
        yield f'<td class="mark">{row.at:%Y-%m-%d %H:%M}{late}</td></tr>'
    yield "</tbody></table></div>"


def each_id(exercise: Graded) -> str:
    """Return the head of an exercise's column, which leads to its section."""
    broken = html(exercise.id).replace("-", "-<wbr>")
    return f'<a href="#{html(exercise.id)}" style="color: inherit">{broken}</a>'


def _mark(result: Result | None, exercise: Graded) -> str:
    if result is None:
        return '<td class="mark soft">–</td>'
    outcome = result.outcome
    sign, tone = ("✓", "good") if outcome.passed else ("✗", "bad") if outcome.status == "graded" else ("!", "warn")
    score = f" {outcome.score:g}" if outcome.status == "graded" else ""
    more = f"{' late' if result.late else ''}{' ≠' if result.differs else ''}"
    return f'<td class="mark {tone}" title="{html(word(result, exercise))}">{sign}{score}{more}</td>'


def _exercise(book: Gradebook, exercise: Graded) -> Iterator[str]:
    rows = [row for row in book.rows if exercise.id in row.results]
    ran = [row for row in rows if row.results[exercise.id].outcome.status == "graded"]
    passed = sum(row.results[exercise.id].outcome.passed for row in rows)
    yield f'<section><h2 id="{html(exercise.id)}">{html(exercise.title)}</h2>'
    over = f", each on {_counted(exercise.seeds, 'seed')}" if exercise.kind == "lab" else ""
    if exercise.seeds < exercise.asked_seeds:
        over += f" where the lab asks for {exercise.asked_seeds}, so that luck passes more often"
    yield f'<p class="soft">{_counted(len(rows), "plan")}{over}; {passed} passed.</p>'
    if ran:
        scores = [row.results[exercise.id].outcome.score for row in ran]
        yield '<div class="exercise"><div><h3>Scores</h3>'
        yield histogram(scores, f"Scores of {exercise.title}")
        yield "</div><div><h3>Goals</h3>"
        yield from _goals(exercise, ran)
        yield "</div></div>"
    yield from _ungraded(exercise, rows)
    yield from _near_misses(exercise)
    yield from _alike(exercise)
    yield "</section>"


def _goals(exercise: Graded, ran: Sequence[Row]) -> Iterator[str]:
    for goal in exercise.goals:
        figures = [each for row in ran for each in row.results[exercise.id].outcome.goals if each.id == goal.id]
        met = sum(each.passed for each in figures)
        needed = figures[0].needed if figures else ""
        drawn = line([each.measured for each in figures], goal.at_most, goal.at_least, goal.unit, goal.title)
        yield f'<div class="goal"><div><b>{html(goal.title)}</b> <span class="soft">met by {met} of {len(figures)};'
        yield f" needed: {html(needed)}</span></div>{drawn}</div>"


def _ungraded(exercise: Graded, rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        outcome = row.results[exercise.id].outcome
        if outcome.status != "graded":
            yield f'<p><span class="warn">!</span> {html(row.learner)}: {outcome.status}, {html(outcome.why)}.</p>'


def _near_misses(exercise: Graded) -> Iterator[str]:
    titles = {goal.id: goal.title for goal in exercise.goals}
    met = [each for each in exercise.near_misses if each.same or each.failing]
    if not met:
        return
    yield "<h3>Near-misses</h3>"
    yield '<div class="wide"><table><caption>Plans that look right, which the lab knows, and who came near.</caption>'
    yield '<thead><tr><th scope="col">Missed goal, and no other</th><th scope="col">By any plan</th>'
    yield '<th scope="col">By the very same requests</th></tr></thead><tbody>'
    for each in met:
        yield f'<tr><th scope="row">{html(titles.get(each.goal, each.goal))}</th><td>{_names(each.failing)}</td>'
        yield f"<td>{_names(each.same)} <span class='soft'>({html(each.plan)})</span></td></tr>"
    yield "</tbody></table></div>"


def _alike(exercise: Graded) -> Iterator[str]:
    if not exercise.alike:
        return
    yield f'<h3>Plans that are alike</h3><p class="soft">{ALIKE}</p><ul>'
    for group in exercise.alike:
        how = "send the same" if not group.differ else f"differ in {group.differ} of {_counted(group.values, 'value')}"
        if group.differ and len(group.learners) > 2:
            how = f"differ in up to {group.differ} of {_counted(group.values, 'value')}"
        yield f"<li>{html(', '.join(group.learners))}: {how}.</li>"
    yield "</ul>"


def _studied(book: Gradebook) -> Iterator[str]:
    rows = [row for row in book.rows if row.answers.questions or row.exams]
    if not rows:
        return
    yield "<h2>Questions and exams</h2>"
    yield '<p class="soft">The last answer to each question, judged again with today\'s key. What could not be judged '
    yield "again, such as answers to an earlier revision, is only counted. Nothing shows who has answered.</p>"
    yield '<div class="wide"><table><thead><tr><th scope="col">Learner</th><th scope="col">Answered</th>'
    yield '<th scope="col">Judged again</th><th scope="col">Right</th><th scope="col">Exams</th></tr></thead><tbody>'
    for row in rows:
        answers = row.answers
        exams = "<br>".join(
            f"{html(exam.profile)}: {exam.right} of {exam.of}"
            + (f' <span class="warn">≠ the file says {exam.claimed}</span>' if exam.claimed != exam.right else "")
            for exam in row.exams
        )
        yield f'<tr><th scope="row">{html(row.learner)}</th><td class="number">{answers.questions}</td>'
        yield f'<td class="number">{answers.judged}</td><td class="number">{answers.right}</td><td>{exams}</td></tr>'
    yield "</tbody></table></div>"


def _notes(book: Gradebook) -> Iterator[str]:
    if not book.notes:
        return
    yield "<h2>To be looked at</h2>"
    yield '<div class="wide"><table><thead><tr><th scope="col">File</th><th scope="col">What about it</th></tr></thead>'
    yield "<tbody>"
    for note in book.notes:
        yield f'<tr><th scope="row">{html(note.file)}</th><td>{html(note.say)}</td></tr>'
    yield "</tbody></table></div>"


def _names(names: Sequence[str]) -> str:
    return f"{len(names)}: {html(', '.join(names))}" if names else "0"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
