"""No file of the course is read more than once: nobody changes it, and what is read of a text is always the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from course.content.files import folder

TEXTS = 2000
"""More than there are in the course and in its tests."""


@pytest.fixture(autouse=True, scope="session")
def a_text_is_read_once() -> Iterator[None]:
    """Keep what the files of packs were read as, by their text and name; most of the tests of commands was reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "read_what_can_be_read", lru_cache(TEXTS)(folder.read_what_can_be_read))
        yield
