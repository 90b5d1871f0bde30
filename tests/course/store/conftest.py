"""No test here leaves a connection open."""

from __future__ import annotations

import sqlite3

import pytest


@pytest.fixture(autouse=True)
def no_open_connections(monkeypatch):
    """Every connection is closed by the end of the test; Python itself warns of it only from 3.13 on."""
    opened = []
    connect = sqlite3.connect

    def remembering(*args, **kwargs):
        opened.append(connect(*args, **{"check_same_thread": False} | kwargs))  # to be asked here whether it is closed
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembering)
    yield
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
