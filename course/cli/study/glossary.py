"""`mlcourse glossary`: terms, looked up."""

from __future__ import annotations

import argparse

from course.cli.arguments import Commands, command
from course.cli.present import complain, print_json
from course.cli.surroundings import catalog


def add(commands: Commands) -> None:
    """Add the command."""
    glossary = command(commands, "glossary", "look a term up", look_up)
    glossary.add_argument("word", nargs="?", default="", help="part of a term or its definition; without it: all terms")


def look_up(options: argparse.Namespace) -> int:
    """Print matching terms."""
    pack = catalog(options)
    word = options.word.casefold()
    found = [term for term in pack.terms() if word in " ".join((term.term, *term.also, term.definition)).casefold()]
    if options.json:
        print_json(found)
    else:
        for term in found:
            example = f"\n    Example: {term.example}" if term.example else ""
            print(f"{term.term}\n    {term.definition}{example}\n    Source: {term.source.url}")
    if not found:
        complain(f"No term or definition holds {options.word[:40]!r}.")
        return 1
    return 0
