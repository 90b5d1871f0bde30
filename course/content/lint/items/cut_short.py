"""Does YAML take the end of a text for a comment? `Fixed in #3 of five` ends before the sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from course.content.pack import Pack
from course.content.yaml.errors import Problem
from course.content.yaml.wording import shown

_COMMENT = re.compile(r"\s(#[^\s#].*)$")
"""Comments have a space behind their sign, as all of this project; a number or a word right behind it was meant."""


def cut_advice(pack: Pack) -> Iterator[Problem]:
    """Yield each text without quotes that ends at what is hardly meant as a comment."""
    for name in _files(pack):
        document = pack.folder.document(name)
        lines = pack.folder.text(name).split("\n")
        for trail, (line, column) in document.marks.items():
            if trail not in document.keys or trail in document.literals:
                continue
            rest = lines[line - 1][column - 1 :]
            if rest[:1] in ("", "'", '"', "{", "[", "|", ">", "#"):
                continue
            if found := _COMMENT.search(rest):
                say = f"what stands behind it is a comment to YAML, {shown(found[1])}; put the whole text in quotes"
                yield Problem(document.path, line, column, say)


def _files(pack: Pack) -> Iterator[PurePosixPath]:
    """Yield the files in which authors write sentences."""
    course = pack.course
    yield from () if course.glossary is None else (course.glossary,)
    for entry in course.lessons.values():
        yield from (entry.folder / name for name in (*entry.file.questions, *entry.file.practice))
