"""The questions of the course, read once."""

from __future__ import annotations

import pytest

from tests.course.interchange.given import built_in


@pytest.fixture(scope="session")
def course():
    """All questions of the course, each computed one with the numbers of one seed."""
    return built_in()
