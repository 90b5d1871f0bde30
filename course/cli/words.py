"""Words that need not be typed: `mlcourse ID` is `mlcourse open ID`, `mlcourse quiz` is `mlcourse quiz take`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from course.cli.study.quiz import ACTIONS

OPEN = "open"


def completed(given: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return what was typed with all its words, `--plain` at the beginning, where the parser looks for it."""
    words = [word for word in given if word != "--plain"]
    plain = ["--plain"] if len(words) < len(given) else []
    at = _command_at(words)
    if at < len(words) and words[at] not in commands:
        words.insert(at, OPEN)
    elif at < len(words) and words[at] == "quiz" and not _names_an_action(words[at + 1 :]):
        words.insert(at + 1, "take")
    return plain + words


def _command_at(words: Sequence[str]) -> int:
    """Return the index of the first word that is no option and belongs to none."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        takes_one = len(words[at]) > 3 and "--pack".startswith(words[at])
        at += 2 if takes_one else 1
    return at


def _names_an_action(words: Sequence[str]) -> bool:
    return bool(words) and words[0] in (*ACTIONS, "-h", "--help")
