"""Advice on bakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.aws.finding import Path
from engine.aws.scene import Scene

BAKE_ADVICE: tuple[Callable[[Scene], Iterator[tuple[Path, str]]], ...] = ()
