"""`mlcourse quiz list`, `ask` and `answer`: one question at a time, for programs and for whoever scripts them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from course import wiring
from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.present import complain, plain, print_json
from course.cli.study import asking
from course.cli.study.given import given as read_given
from course.cli.surroundings import catalog, find, journal
from course.errors import one_line
from course.history import Event
from quiz.exhibit import Exhibit
from quiz.grading import grade, solution
from quiz.presentation import choices, laid_out, posed
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
from quiz.shares import share, status
from quiz.verdict import settled

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.syllabus import QuestionCard
    from quiz.questions import Answer
    from quiz.verdict import Verdict


def add(group: Commands) -> None:
    """Add the commands."""
    command(group, "list", "the questions there are", show_all)
    parser = _which(command(group, "ask", "a question as it is shown, without its key", ask))
    parser.add_argument("--file", metavar="FILE", help="write the request that is to be mended into this new file")
    parser = _which(command(group, "answer", "judge an answer to a question", answer))
    parser.add_argument(
        "answer",
        metavar="ANSWER",
        help="numbers as shown, or ids: 2, or 1,3, or x=1,y=2; the file of a mended request, - for stdin; else a text. "
        "Write -- before an answer that begins with a dash",
    )
    parser.add_argument("--record", action="store_true", help="keep the answer in the history")
    parser.add_argument(
        "--judge",
        choices=("right", "wrong"),
        help="your own word on an answer that the program cannot judge",
    )


def show_all(options: argparse.Namespace) -> int:
    """Print all questions; 1 if there is none."""
    packs = catalog(options)
    cards = packs.question_cards()
    if options.json:
        print_json([_listed(card, packs.question(card.id)) for card in cards])
    else:
        for card in cards:
            print(f"{card.id}: {card.kind}, lesson {card.lesson}. {asking.gist(packs.question(card.id).stem)}")
    if not cards:
        complain("These packs hold no question.")
    return 0 if cards else 1


def ask(options: argparse.Namespace) -> int:
    """Print a question as it is shown with this seed."""
    question = shown(catalog(options), options.question, options.seed)
    if options.file is not None:
        _write(question, options.file)
    if options.json:
        print_json(view(question) | {"seed": options.seed})
    else:
        for line in asking.asked(question):
            print(line)
    return 0


def answer(options: argparse.Namespace) -> int:
    """Judge an answer: 0 if it is right, 1 if it is wrong or left to the learner, 2 if it is none."""
    packs = catalog(options)
    question = shown(packs, options.question, options.seed)
    given = read_given(question, options.answer)
    judged = None if options.judge is None else options.judge == "right"
    verdict = settled(grade(question, given), judged)
    if options.record and verdict.unsure:
        complain("Nothing is written down yet. Compare with the model answer, and add --judge right or --judge wrong.")
    elif options.record and verdict.valid:
        lesson = next(card.lesson for card in packs.question_cards() if card.id == question.id)
        with journal(options) as history:
            data = kept(question, given, verdict=verdict, lesson=lesson, seed=options.seed)
            history.record(Event(wiring.now(), "answered", question.id, {**data, "where": "practice"}))
    if options.json:
        print_json(
            {
                "status": status(question, verdict),
                "score": share(question, verdict),
                "parts": [asdict(detail) for detail in verdict.details],
                "say": verdict.say,
                "judged": "learner" if verdict.by_learner else "program",
                "model": asking.spelt(question, solution(question)) if verdict.unsure else None,
            }
        )
    elif verdict.valid:
        for line in asking.explained(question, given, judged):
            print(line)
    else:
        complain(f"{verdict.say} {asking.how(question)}")
    return 2 if not verdict.valid else 0 if verdict.correct else 1


def _write(question: Question, file: str) -> None:
    if not isinstance(question, Fix):
        raise UsageError(f"{question.id} has no request to mend, so there is nothing to write into a file")
    try:
        with Path(file).open("x", encoding="utf-8") as new:
            new.write(question.request)
    except OSError as error:
        raise UsageError(f"{one_line(file)} cannot be written ({error.strerror}); name a new file") from error


def shown(packs: Packs, id: str, seed: int) -> Question:
    """Return a question as it is shown with a seed; UsageError if there is none of this id."""
    known = [card.id for card in packs.question_cards()]
    return posed(find("quiz", id, packs.question, known, called="question"), seed)


def kept(
    question: Question,
    given: Answer,
    *,
    verdict: Verdict,
    lesson: str,
    seed: int,
    hints: int = 0,
    tries: int = 1,
) -> dict[str, Any]:
    """Return what the history keeps of an answer."""
    return {
        "answer": given if isinstance(given, str) else dict(given) if isinstance(given, dict) else list(given),
        "correct": verdict.correct,
        "hints": hints,
        "lesson": lesson,
        "seed": seed,
        "revision": question.revision,
        "tries": tries,
        **({"judged": "learner"} if verdict.by_learner else {}),
    }


def view(question: Question) -> dict[str, Any]:
    """Return a question as it is shown, for programs: nothing in it tells the answer."""
    told: dict[str, Any] = {"id": question.id, "kind": question.kind, "revision": question.revision}
    told |= {"case": _case(question), "stem": question.stem, "exhibit": _exhibit(question.exhibit)}
    told |= {"how": asking.how(question), "hints": len(question.hints)}
    match question:
        case Single() | Multiple():
            return told | {"options": _places((option.id, option.text) for option in question.options)}
        case Ordering():
            rows = _places((each.id, each.text) for each in laid_out(question))
            return told | {"items": rows, "choose": bool(question.distractors)}
        case Matching():
            prompts = _places((pair.id, pair.prompt) for pair in question.pairs)
            partners = enumerate((each.text for each in choices(question)), 1)  # their ids would tell whose they are
            return told | {"prompts": prompts, "choices": _places((str(at), text) for at, text in partners)}
        case Numeric():
            return told | {"unit": question.unit}
        case ShortText():
            return told
        case Fix():
            return told | {"request": question.request, "lab": question.lab}
        case _:
            assert_never(question)


def _case(question: Question) -> dict[str, Any] | None:
    case = question.case
    if case is None:
        return None
    return {"id": case.id, "part": case.place, "of": case.of, "stem": case.stem, "exhibit": _exhibit(case.exhibit)}


def _exhibit(exhibit: Exhibit | None) -> str | None:
    """Return an exhibit as it is written."""
    return exhibit.text if exhibit else None


def _places(parts: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"place": at, "id": id, "text": text} for at, (id, text) in enumerate(parts, 1)]


def _listed(card: QuestionCard, question: Question) -> dict[str, Any]:
    told: dict[str, Any] = plain(card)
    return told | {"title": asking.gist(question.stem), "hints": len(question.hints)}


def _which(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("question", metavar="QUESTION", help="the question's id; see mlcourse quiz list")
    parser.add_argument("--seed", type=SEED, default=0, help="chance, which mixes what is shown (default 0)")
    return parser
