"""The small pack of the tests of packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.content.conftest import FILES, write_pack


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small pack's folder."""
    return write_pack(tmp_path / "pack", FILES)
