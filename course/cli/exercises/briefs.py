"""What the commands for all kinds of exercise have in common: how one is named and found, and what is printed of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from course.cli.arguments import Commands, command
from course.cli.errors import UsageError
from course.cli.present import is_plain, print_json, tick
from course.cli.surroundings import catalog, find

if TYPE_CHECKING:
    from course.content.files.card import Card
    from course.content.packs import Packs
    from labs.exercise.exercise import Exercise, Release
    from labs.exercise.record import Verdict

E = TypeVar("E", bound="Exercise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[E]):
    """A kind of exercise as commands know it."""

    name: str
    """Of its group of commands, and of the argument that says which one."""
    load: Callable[[Packs, str], E]
    """KeyError if there is none of this id."""
    ids: Callable[[Packs], Sequence[str]]
    cards: Callable[[Packs], Iterable[Card]]
    """What a list shows of them; a whole world is not read for a line."""

    def group(self, commands: Commands, help: str) -> Commands:
        """Add the group of commands, with its list."""
        group = commands.add_parser(self.name, help=help).add_subparsers(metavar="ACTION", required=True)
        command(group, "list", f"the {self.name}s there are", self._list)
        return group

    def which(self, parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        """Let a command ask which one."""
        help = f"the {self.name}'s id; see mlcourse {self.name} list"
        parser.add_argument(self.name, metavar=self.name.upper(), help=help)
        return parser

    def found(self, options: argparse.Namespace) -> E:
        """Return the one that was asked for; UsageError if there is none."""
        packs = catalog(options)
        return find(self.name, getattr(options, self.name), lambda id: self.load(packs, id), self.ids(packs))

    def release(self, exercise: E, wanted: str | int) -> Release:
        """Return a release by number from 1, or by the name that is shown with a grade; UsageError if there is none."""
        for number, release in enumerate(exercise.releases, start=1):
            if str(wanted) in (str(number), release.id):
                return release
        there = f"it has {len(exercise.releases)}, numbered from 1"
        raise UsageError(f"{self.name} {exercise.id!r} has no release {wanted!r}; {there}")

    def _list(self, options: argparse.Namespace) -> int:
        cards = self.cards(catalog(options))
        if options.json:
            print_json([card(each) for each in cards])
        else:
            for each in cards:
                line = f"{each.id}: {each.title}, {each.minutes} min"
                print(line if is_plain() else f"{each.id:30} {each.minutes:>3} min  {each.title}")
        return 0


def card(exercise: Exercise | Card) -> dict[str, object]:
    """Return what `list --json` says of it."""
    return {"id": exercise.id, "title": exercise.title, "minutes": exercise.minutes, "lesson": exercise.lesson}


def brief(exercise: Exercise) -> dict[str, object]:
    """Return what `show --json` says of all kinds."""
    goals = [{"id": goal.id, "title": goal.title} for goal in exercise.goals]
    return card(exercise) | {"brief": exercise.brief, "goals": goals}


def show_brief(exercise: Exercise) -> None:
    """Print title, brief and goals; what is hidden stays hidden until a grade."""
    print(f"{exercise.title} ({exercise.minutes} min)\n\n{exercise.brief.strip()}\n\nGoals:")
    for goal in exercise.goals:
        print(f"  - {goal.title}")


def show_verdict(verdict: Verdict, more: str = "") -> None:
    """Print whether it is passed, and what was measured and needed, goal by goal."""
    met = sum(goal.passed for goal in verdict.goals)
    print(f"{'Passed' if verdict.passed else 'Not yet'}: {met} of {len(verdict.goals)} goals{more}\n")
    for goal in verdict.goals:
        print(f" {tick(goal.passed)} {goal.title}: {goal.measured_say}; needed: {goal.needed}")
        if not goal.passed:
            print(f"     {goal.say}")
            if goal.hints:
                print(f"     hint: {goal.hints[0]}")
