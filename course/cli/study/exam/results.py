"""What came out of an exam: shares with intervals, an estimate on the exam's scale, and every question explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from course.cli.errors import UsageError
from course.cli.present import counted, plain, print_json
from course.cli.study import asking
from course.cli.study.exam.group import readable
from course.cli.study.exam.room import taken
from course.learning.exams.result import Result, result
from course.learning.sittings import Sitting
from quiz.exams.score import Share, share_for
from quiz.presentation import posed

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.ports import Journal
    from quiz.exams.profile import Profile


def show_result(packs: Packs, history: Journal, id: str | None, *, as_json: bool) -> int:
    """Print a result with every question explained."""
    done = ended_sitting(history, id)
    if as_json:
        print_json(_as_json(done))
        return 0
    for line in (*told(done, _profile(packs, done.sitting)), *_questions(packs, done)):
        print(line)
    return 0


def summary(packs: Packs, history: Journal, id: str) -> None:
    """Print a result as far as numbers tell it."""
    done = ended_sitting(history, id)
    for line in told(done, _profile(packs, done.sitting)):
        print(line)
    print(f"Every question explained: mlcourse exam result {id}")


def told(done: Result, profile: Profile | None) -> Iterator[str]:
    """Yield the numbers of a result in sentences."""
    sitting, ended, score = done.sitting, done.ended, done.score
    how = "time was up" if ended.why == "time" else "handed in"
    yield f"Exam {sitting.profile}, begun {sitting.begun:%Y-%m-%d %H:%M} UTC, {how}."
    yield f"Right: {_share(score.whole)}. Only what counts is in it; the interval says how much chance is in it."
    low, scaled, high = done.scaled
    needed = f" {sitting.pass_mark} is needed, about {share_for(sitting.pass_mark):.1%}." if sitting.pass_mark else ""
    yield f"Scaled score, an estimate: {scaled}, between {low} and {high}.{needed} How it is reckoned is not public."
    if sitting.missing:
        missing = ", ".join(f"{number} of domain {domain}" for domain, number in sitting.missing.items())
        yield f"It was a part of the exam; the bank did not cover: {missing}."
    order = [each.id for each in profile.domains] if profile else []
    for domain in sorted(score.domains, key=lambda id: (order.index(id) if id in order else len(order), id)):
        share = score.domains[domain]
        found = profile.domain(domain) if profile else None
        yield f"Domain {domain}{f', {found.title}' if found else ''}: {_share(share)}"
    for objective, share in sorted(score.objectives.items()):
        yield f"Objective {objective}: {_share(share)}"
    for lab, passed in ended.tasks.items():
        yield f"Task {lab}: {'passed' if passed else 'not passed'}"
    if score.unscored.of:
        yield f"Did not count: {counted(score.unscored.of, 'question')}, {score.unscored.right} of them right."
    if ended.gone:
        yield f"Gone meanwhile, and not counted: {', '.join(sorted(ended.gone))}."
    for each in done.earlier:
        yield f"Earlier, {each.at:%Y-%m-%d}: {_share(Share(each.right, each.of))}"
    if ended.judged:
        yield f"Judged by yourself: {counted(len(ended.judged), 'answer')}, {sum(ended.judged.values())} of them right."
    if done.to_judge:
        yield f"Left for you to judge, and wrong until then: {', '.join(done.to_judge)}. See: mlcourse exam judge"
    if done.wrong:
        yield f"To practise: {', '.join(done.wrong)}"


def _questions(packs: Packs, done: Result) -> Iterator[str]:
    sitting, ended = done.sitting, done.ended
    for number, each in enumerate(sitting.drawn, 1):
        about = f"objective {each.objective or 'unknown'}{'' if each.scored else ', did not count'}"
        yield f"\nQuestion {number} of {len(sitting.drawn)}: {each.id} ({about})"
        try:
            question = posed(packs.question(each.id), sitting.seed)
        except KeyError:
            yield "This question is gone. Your answer is still in your history."
            continue
        if question.revision != ended.revisions.get(each.id, question.revision):
            yield "This question has changed since; below is the new text, and the score is of the old one."
        yield from asking.asked(question, sitting.struck.get(each.id, ()))
        yield from asking.explained(question, sitting.answers.get(each.id), ended.judged.get(each.id))
        if note := sitting.notes.get(each.id):
            yield f"Your note: {note}"


def ended_sitting(history: Journal, id: str | None) -> Result:
    """Return the result that is meant; UsageError if there is none."""
    known = taken(history)
    ended = [each for each in known if each.ended]
    if id is not None:
        named = [each for each in known if each.id.startswith(id)]
        if len(named) != 1:
            raise UsageError(f"there is no exam {id[:40]!r} in your history; ended: {_ids(ended)}")
        if named[0].ended is None:
            raise UsageError(
                f"this exam goes on; nothing is told before its end: mlcourse exam take {named[0].profile}"
            )
        ended = named
    if not ended:
        raise UsageError("no exam has ended yet; mlcourse exam take begins one")
    return result(ended[-1], known)


def _ids(sat: list[Sitting]) -> str:
    return ", ".join(each.id for each in sat[-5:]) or "none"


def _profile(packs: Packs, sitting: Sitting) -> Profile | None:
    return readable(packs, sitting.profile) if sitting.profile in packs.exam_ids() else None


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.right} of {share.of}, {share.share:.0%} (95 % interval {low:.0%} to {high:.0%})"


def _as_json(done: Result) -> dict[str, Any]:
    sitting, ended, score = done.sitting, done.ended, done.score
    low, scaled, high = done.scaled
    return {
        "id": sitting.id,
        "exam": sitting.profile,
        "seed": sitting.seed,
        "begun": sitting.begun.isoformat(),
        "ended": ended.at.isoformat(),
        "why": ended.why,
        "minutes": sitting.minutes,
        "score": _numbers(score.whole),
        "scaled_estimate": {"score": scaled, "low": low, "high": high},
        "pass_mark": sitting.pass_mark,
        "domains": _each(score.domains),
        "objectives": _each(score.objectives),
        "unscored": _numbers(score.unscored),
        "tasks": dict(ended.tasks),
        "missing": dict(sitting.missing),
        "gone": sorted(ended.gone),
        "wrong": list(done.wrong),
        "to_judge": list(done.to_judge),
        "questions": [
            {
                **plain(each),
                "answer": sitting.answers.get(each.id),
                "right": None if each.id in ended.gone else ended.right.get(each.id, False),
                "judged": "learner" if each.id in ended.unsure else "program",
            }
            for each in sitting.drawn
        ],
        "earlier": [{"id": e.id, "ended": e.at.isoformat(), "right": e.right, "of": e.of} for e in done.earlier],
    }


def _each(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {name: _numbers(share) for name, share in shares.items()}


def _numbers(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"right": share.right, "of": share.of, "share": share.share, "low": low, "high": high}
