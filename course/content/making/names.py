"""The ids and titles of new things, and what they may be."""

from __future__ import annotations

import re

from course.characters import is_text
from course.content.making.made import CannotBeMade
from course.content.yaml.wording import shown

LONGEST_ID = 50
LONGEST_TITLE = 100
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FOR_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows gives to no folder."""


def good_id(id: str) -> str:
    """Return the id; CannotBeMade if nothing may be called so."""
    if len(id) > LONGEST_ID:
        raise CannotBeMade(f"{shown(id)} is too long for an id; {LONGEST_ID} characters are enough")
    if not _ID.fullmatch(id):
        raise CannotBeMade(f"{shown(id)} is no id; use a-z and 0-9 in words with hyphens between them: slow-answers")
    if _FOR_DEVICES.fullmatch(id):
        raise CannotBeMade(f"{shown(id)} can be the name of no folder on Windows; choose another id")
    return id


def good_title(title: str | None, id: str) -> str:
    """Return the title, or one that is made of the id; CannotBeMade for one that cannot be shown."""
    if title is None:
        return id.replace("-", " ").capitalize()
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE or not is_text(title) or "\n" in title or "\t" in title:
        raise CannotBeMade(f"{shown(title)} is no title; write one line of at most {LONGEST_TITLE} characters")
    return title
