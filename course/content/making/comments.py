"""Comments above the keys of a YAML file, from one table: what each key does, said where it first stands."""

from __future__ import annotations

from collections.abc import Iterator

from course.content.making.key_comments import COMMENTS
from course.content.yaml.document import Trail
from course.content.yaml.reader import read_yaml
from course.content.yaml.rewriting import NAME, reads_as

ITEM = "*"
"""In the table: any item of a list, any name of a mapping."""


def commented(text: str, kind: str) -> str:
    """Return a text that can be read, with a comment above the first key of each pattern that the table has for this
    kind of file; keys inside of braces have none. ValueError if the comments would change what it says."""
    document = read_yaml(text, NAME)
    lines = text.split("\n")
    said = dict[int, str]()
    left = dict(COMMENTS[kind])
    for trail, (line, _) in sorted(document.keys.items(), key=lambda each: each[1]):
        pattern = _pattern_of(trail, left)
        if pattern is None or line in said or not _begins(lines[line - 1], str(trail[-1])):
            continue
        said[line] = left.pop(pattern)
    after = "\n".join(_with_comments(lines, said))
    if not reads_as(after, document.data):
        raise ValueError(f"the comments of {kind} files would change what the text says")
    return after


def _pattern_of(trail: Trail, known: dict[str, str]) -> str | None:
    """Return the first pattern of the table that a key fits."""
    return next((pattern for pattern in known if _fits(trail, pattern.split("."))), None)


def _fits(trail: Trail, pattern: list[str]) -> bool:
    return len(trail) == len(pattern) and all(wanted in (ITEM, key) for key, wanted in zip(trail, pattern, strict=True))


def _begins(line: str, key: str) -> bool:
    """Is the key the first on its line, but for the hyphen of an item?"""
    return line.lstrip(" ").removeprefix("- ").lstrip(" \"'").startswith(key)


def _with_comments(lines: list[str], said: dict[int, str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number in said:
            yield f"{' ' * (len(line) - len(line.lstrip(' ')))}# {said[number]}"
        yield line
