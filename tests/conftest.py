"""Settings for all tests."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a busy machine is no mistake of the program
settings.load_profile("patient")

NEW_OBJECTS = 50_000
"""How many there may be before garbage is looked for. With Python's own 700, a third of the time of the screens' tests
goes into walking over modules that will never be garbage; with this the processes grow by a quarter."""


def pytest_configure(config: pytest.Config):
    """Where Python is told to keep nothing that it compiles, keep it beside what pytest keeps: each process of tests
    would compile them anew for ten seconds, and each that they start the program for one."""
    if sys.dont_write_bytecode and config.pluginmanager.hasplugin("cacheprovider"):
        os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("compiled"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish():
    """Everything is imported: leave it alone, and look for garbage less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)
