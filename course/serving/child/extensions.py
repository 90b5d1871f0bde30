"""Modules written in C find the real `datetime`: they lay classes of their own out over it, byte by byte.

pandas does, and with it the SageMaker Python SDK. Over a class of Python's such classes do not fit, and the program
crashes while it is imported.
"""

from __future__ import annotations

import datetime
from importlib.machinery import ExtensionFileLoader, SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NAMES = ("datetime", "date")


def install() -> None:
    """Put the real classes back while a module in C is loaded; Python that it imports meanwhile finds the patched."""
    patched = {name: getattr(datetime, name) for name in NAMES}
    real = {name: kind.__base__ for name, kind in patched.items()}
    _within(ExtensionFileLoader, "create_module", real)
    _within(ExtensionFileLoader, "exec_module", real)
    _within(SourceFileLoader, "exec_module", patched)


def _within(loader: Any, method: str, kinds: Mapping[str, Any]) -> None:  # noqa: ANN401 - a class of the import system
    """Let a method of a loader run with these classes in `datetime`."""
    load = getattr(loader, method)

    def loaded(self: object, given: object) -> object:
        before = {name: getattr(datetime, name) for name in kinds}
        _put(kinds)
        try:
            return load(self, given)
        finally:
            _put(before)

    setattr(loader, method, loaded)


def _put(kinds: Mapping[str, Any]) -> None:
    for name, kind in kinds.items():
        setattr(datetime, name, kind)
