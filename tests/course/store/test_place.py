"""Where a learner's history lives."""

from __future__ import annotations

import platformdirs
import pytest

from course.store.place import data_folder
from course.wiring import places


def test_a_folder_can_be_named(tmp_path):
    """MLCOURSE_HOME names the folder, and nothing is created."""
    assert data_folder({"MLCOURSE_HOME": str(tmp_path / "mine")}) == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("env", [pytest.param({}, id="unset"), pytest.param({"MLCOURSE_HOME": ""}, id="empty")])
def test_otherwise_the_system_decides(env, monkeypatch, tmp_path):
    """Without it, it is the system's place for the data of programs, and nothing is created."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = data_folder(env)

    assert folder == platformdirs.user_data_path("mlcourse", appauthor=False)
    assert not (tmp_path / "data").exists()


def test_reports_go_where_they_are_told(tmp_path):
    """MLCOURSE_REPORTS names a folder; unset or empty, they go beside the history."""
    home = {"MLCOURSE_HOME": str(tmp_path)}

    assert places(home | {"MLCOURSE_REPORTS": str(tmp_path / "mine")}, ()).reports == tmp_path / "mine"
    assert places(home, ()).reports == places(home | {"MLCOURSE_REPORTS": ""}, ()).reports == tmp_path / "reports"
    assert list(tmp_path.iterdir()) == []
