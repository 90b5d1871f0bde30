"""Are pages short enough to be read at one go?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.content.files.markdown import Fence
from course.content.pack import Pack
from course.content.yaml.errors import Problem

MOST_WORDS = 150
_HEADING = re.compile(r"##\s+\S")
_STEP = re.compile(r"\s*\{[^{}]*\}\s*")
_WORD = re.compile(r"\w\S*")


def page_advice(pack: Pack) -> Iterator[Problem]:
    """Yield each page with more words than it should have; drawings and plots have none."""
    for entry in pack.course.lessons.values():
        path = entry.folder / entry.file.body
        for line, words in _pages(pack.folder.text(path)):
            if words > MOST_WORDS:
                say = f"this page has {words} words, and {MOST_WORDS} are enough; cut it, or make two of it"
                yield Problem(
                    pack.folder.document(entry.folder / "lesson.yaml").path.with_name(path.name), line, 1, say
                )


def _pages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each page begins, and how many words it has."""
    fence, start, words = Fence(), 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if fence.turns(line) or fence.info is not None:
            continue
        if _HEADING.match(line):
            if start:
                yield start, words
            start, words = number, 0
        elif not _STEP.fullmatch(line):
            words += len(_WORD.findall(line))
    if start:
        yield start, words
