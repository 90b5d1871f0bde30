"""`mlcourse exam ...`: list, draw, take, result: exams without the screens."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from course import wiring
from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.present import complain, counted, plain, print_json
from course.cli.surroundings import catalog, find, journal
from course.errors import CourseError
from course.learning.exams.facts import facts

if TYPE_CHECKING:
    from course.content.packs import Packs
    from quiz.exams.draw import Draw
    from quiz.exams.profile import Profile


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("exam", help="take a mock exam").add_subparsers(metavar="ACTION", required=True)
    command(group, "list", "the exams there are, and until when they can be taken", show_all)
    parser = _which(command(group, "draw", "which questions an exam would ask, and what the bank does not cover", show))
    parser.add_argument("--seed", type=SEED, default=0, help="chance (default 0)")
    for name in ("take", "begin"):
        parser = group.add_parser(name, help="take an exam, line by line; go on with one that was interrupted")
        _which(parser, optional=True)
        parser.add_argument("--seed", type=SEED, help="chance; without it: your next")
        parser.set_defaults(run=sit)
    for name in ("result", "review"):
        parser = command(group, name, "what came out of an exam, question by question", tell)
        parser.add_argument("sitting", nargs="?", help="the sitting's id, or the beginning of it; without it: the last")
    parser = group.add_parser("judge", help="say of answers that the program could not judge whether they are right")
    parser.add_argument("sitting", nargs="?", help="the sitting's id, or the beginning of it; without it: the last")
    parser.set_defaults(run=judge)


def show_all(options: argparse.Namespace) -> int:
    """Print all exams; 1 if one is left out, for its file is wrong."""
    packs = catalog(options)
    found, today = [readable(packs, id) for id in packs.exam_ids()], wiring.now().date()
    exams = [each for each in found if each is not None]
    code = 0 if len(exams) == len(found) else 1
    if options.json:
        print_json([_listed(exam) for exam in exams])
        return code
    for exam in exams:
        print(f"{exam.id}: {exam.title}")
        for line in (exam.about.strip(), *facts(exam, today)):
            print(f"    {line}")
    return code


def show(options: argparse.Namespace) -> int:
    """Print a draw; 1 if there is nothing to draw."""
    packs = catalog(options)
    exam = named(packs, options.exam)
    drawn = drawn_from(packs, exam, options.seed)
    if options.json:
        print_json(plain(drawn) | {"tasks": exam.tasks})
    else:
        for each in drawn.questions:
            print(f"{each.id}  (domain {each.domain}, objective {each.objective})")
        for line in uncovered(exam, drawn):
            print(line)
    return 0 if drawn.questions else 1


def sit(options: argparse.Namespace) -> int:
    """Take an exam."""
    from course.cli.study.exam.taking import take

    with journal(options) as history:
        return take(catalog(options), history, options.exam, options.seed)


def judge(options: argparse.Namespace) -> int:
    """Judge what is left to the learner; 1 if there is nothing."""
    from course.cli.study.exam.judging import judge_left

    with journal(options) as history:
        return judge_left(catalog(options), history, options.sitting)


def tell(options: argparse.Namespace) -> int:
    """Print what came out."""
    from course.cli.study.exam.results import show_result

    packs = catalog(options)
    with journal(options) as history:
        return show_result(packs, history, options.sitting, as_json=options.json)


def named(packs: Packs, id: str) -> Profile:
    """Return the exam that was asked for; UsageError if there is none."""
    return find("exam", id, packs.exam, packs.exam_ids())


def readable(packs: Packs, id: str) -> Profile | None:
    """Return an exam of the packs; None, and a complaint, if its file is wrong: it stands in no other exam's way, nor
    in that of a sitting that began before."""
    try:
        return packs.exam(id)
    except CourseError as error:
        complain(f"The exam {id} is left out: {error}")
        return None


def drawn_from(packs: Packs, exam: Profile, seed: int) -> Draw:
    """Return the questions of an exam."""
    from quiz.exams.draw import draw

    return draw(exam, packs.question_cards(), seed)


def uncovered(exam: Profile, drawn: Draw) -> list[str]:
    """Return what the bank does not cover, domain by domain."""
    lines = []
    if drawn.missing:
        lines.append(f"The bank covers {len(drawn.questions)} of {counted(exam.questions, 'question')}.")
    for domain in exam.domains:
        if missing := drawn.missing.get(domain.id, 0):
            without = [each for each in domain.objectives if each in drawn.uncovered]
            why = f" (nothing for {', '.join(without)})" if without else ""
            lines.append(f"Not covered of domain {domain.id}, {domain.title}: {counted(missing, 'question')}{why}.")
    return lines


def require(drawn: Draw) -> None:
    """Raise UsageError where there is nothing to ask."""
    if not drawn.questions:
        raise UsageError(
            f"the bank holds no question that the exam {drawn.profile} asks for; "
            f"mlcourse exam draw {drawn.profile} says what is missing"
        )


def _listed(exam: Profile) -> dict[str, Any]:
    more = {"scored": exam.scored, "expires": exam.expires or None}
    sold = [{"what": sale.what, "from": sale.from_ or None, "until": sale.until or None} for sale in exam.sold]
    listed: dict[str, Any] = plain(exam)
    return listed | more | {"tags": exam.tags or exam.id, "sold": sold}


def _which(parser: argparse.ArgumentParser, *, optional: bool = False) -> argparse.ArgumentParser:
    help = "the exam's id; see mlcourse exam list"
    if optional:
        parser.add_argument("exam", metavar="EXAM", nargs="?", help=f"{help}; without it: the one that goes on")
    else:
        parser.add_argument("exam", metavar="EXAM", help=help)
    return parser
