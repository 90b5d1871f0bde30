"""Styles are read once, whatever the number of apps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


@pytest.fixture(autouse=True, scope="session")
def styles_are_read_once() -> Iterator[None]:
    """Keep the rules of each source, with the theme's variables: nobody changes a rule, and each app reads them all."""
    read = Stylesheet._parse_rules
    kept: dict[object, list[RuleSet]] = {}

    def reread(sheet: Stylesheet, *source: object, **more: object) -> list[RuleSet]:
        key = (source, frozenset(more.items()), frozenset(sheet._variables.items()))
        if key not in kept:
            kept[key] = read(sheet, *source, **more)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", reread)
        yield
