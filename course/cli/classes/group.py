"""`mlcourse submit` for learners, and `mlcourse class ...` for teachers, in the order in which help lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from course.cli.arguments import Commands


def add(commands: Commands) -> None:
    """Add all of them."""
    from course.cli.classes import submit

    modules: tuple[ModuleType, ...] = (submit,)
    for module in modules:
        module.add(commands)
    _add_for_teachers(commands)


def _add_for_teachers(commands: Commands) -> None:
    from course.cli.classes import grade, items, results

    about = "grade what a class has handed in, and see what its answers say about questions"
    parser = commands.add_parser("class", help=about, description=f"{about[0].upper()}{about[1:]}")
    group = parser.add_subparsers(metavar="ACTION", required=True)
    modules: tuple[ModuleType, ...] = (grade, results, items)
    for module in modules:
        module.add(group)
