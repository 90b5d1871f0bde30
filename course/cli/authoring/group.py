"""The commands of those who write lessons, in the order in which help lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from course.cli.arguments import Commands


def add(commands: Commands) -> None:
    """Add all of them."""
    from course.cli.authoring import new, packs, preview, printing, report_question, schema

    modules: tuple[ModuleType, ...] = (new, preview, schema, printing, packs, report_question)
    for module in modules:
        module.add(commands)
