"""The one way from a YAML file to plain data: strict, bounded, and with the place of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from course.content.yaml.characters import decode, is_text, json_with_spaces, masked, refused_characters, tab_indents
from course.content.yaml.composer import Composer
from course.content.yaml.document import MOST_PROBLEMS, Document
from course.content.yaml.errors import ContentError, Problem

LARGEST_FILE = 1_000_000
"""Bytes; a thousand questions in one file stay below it."""


def read_yaml(text: str, name: str | Path, functions: Mapping[str, str] | None = None) -> Document:
    """Return the text's data with its positions; ContentError with all that is wrong with it.

    `functions` are tags that are read as mappings with this key; none are, otherwise.
    """
    document = read_what_can_be_read(text, name, functions)
    if document.unread:
        raise ContentError(document.unread.values())
    return document


def read_what_can_be_read(text: str, name: str | Path, functions: Mapping[str, str] | None = None) -> Document:
    """Return the same although single numbers cannot be used, for those who complain of them with what else is wrong:
    `Complaints` of such a document has them from the start."""
    path = Path(name)
    text = text.replace("\r\n", "\n")
    if len(text) > LARGEST_FILE:
        raise ContentError([Problem(path, 1, 1, f"the file holds more than {LARGEST_FILE} bytes; split it")])
    refused = list(islice(refused_characters(path, text), MOST_PROBLEMS))
    composer = Composer(path, refused, functions=functions or {})
    text = json_with_spaces(text)
    tabs = list(islice(tab_indents(path, text), MOST_PROBLEMS))
    if tabs:
        # What the tabs mean is anybody's guess, so nothing after them can be trusted.
        raise ContentError([*composer.problems, *tabs])
    data = composer.compose(masked(text))
    if composer.problems:
        raise ContentError([*composer.problems, *composer.unread.values()])
    return Document(
        path=path,
        data=data,
        marks=composer.marks,
        keys=composer.keys,
        literals=composer.literals,
        unread=composer.unread,
    )


def read_yaml_file(path: Path, root: Path) -> Document:
    """Return the file's data; messages name it relative to `root`."""
    return read_yaml(read_text(path, root), _name(path, root))


def read_text(path: Path, root: Path) -> str:
    """Return the file's text, ContentError if it cannot be had; bad bytes become surrogates."""
    name = _name(path, root)
    try:
        if path.is_dir():
            raise _unreadable(name, "this is a folder; name a file in it")
        if not path.is_file():
            raise _unreadable(name, "there is no such file; write it, or mend its name")
        with path.open("rb") as file:
            return read_stream(file, name)
    except OSError as error:
        raise _unreadable(name, f"the file cannot be read; {error.strerror}") from error


def read_stream(stream: BinaryIO, name: Path) -> str:
    """Return the text of an open file, ContentError if it is too long or no text; bad bytes become surrogates."""
    raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise _unreadable(name, f"the file holds more than {LARGEST_FILE} bytes; split it")
    if not is_text(raw):
        raise _unreadable(name, "this is no text, or not in UTF-8; save the file as UTF-8")
    return decode(raw)


def _unreadable(name: Path, say: str) -> ContentError:
    return ContentError([Problem(name, 1, 1, say)])


def _name(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
