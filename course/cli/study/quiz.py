"""The arguments of `mlcourse quiz ...` and `mlcourse review`."""

from __future__ import annotations

import argparse
from typing import get_args

from course.cli.arguments import COUNT, Commands
from course.cli.authoring import exporting, importing
from course.cli.study import own_items, questions
from quiz.questions import Level, Question

ACTIONS = ("list", "ask", "answer", "items", "take", "export", "import")
"""`take` need not be typed."""
KINDS = tuple(kind.kind for kind in get_args(Question))
ONLY = ("due", "wrong", "unseen", "weak")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("quiz", help="practise line by line, or ask single questions").add_subparsers(
        metavar="ACTION", required=True
    )
    questions.add(group)
    own_items.add(group)
    parser = group.add_parser("take", help="practise line by line; go on with what was interrupted")
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="only questions of this lesson")
    _conditions(parser)
    parser.add_argument(
        "--only", choices=ONLY, help="due for review, wrong last time, never seen, or of lessons you know least"
    )
    parser.add_argument("--count", type=COUNT, help="at most so many; without it: all, for as long as you like")
    parser.add_argument("--new", action="store_true", help="begin anew, also where something was interrupted")
    parser.set_defaults(run=practise)
    _conditions(exporting.add(group))
    importing.add(group)
    parser = commands.add_parser("review", help="go through what is due, line by line, before it is forgotten")
    parser.set_defaults(run=review)


def _conditions(parser: argparse.ArgumentParser) -> None:
    """Add what may be asked of questions."""
    parser.add_argument("--objective", help="only those that serve it, such as mla-c01/3.1")
    parser.add_argument("--kind", choices=KINDS, help="only questions of this kind")
    parser.add_argument("--level", choices=get_args(Level), help="only questions of this level")


def practise(options: argparse.Namespace) -> int:
    """Practise."""
    from course.cli.study import practice

    return practice.practise(options)


def review(options: argparse.Namespace) -> int:
    """Go through what is due."""
    from course.cli.study import practice

    return practice.review(options)
