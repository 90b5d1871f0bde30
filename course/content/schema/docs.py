"""What the source says of a dataclass and of its fields: editors show it beside the keys of a file.

Docstrings of fields are no part of a class at run time, so they are read from its source, once for each module and
only when somebody asks.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

_SPEC = re.compile(r"\s*\((?:see )?spec [^)]*\)")
"""Where a fact is written down in our own notes; nobody who writes a lesson has them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one class."""

    of_class: str = ""
    of_fields: Mapping[str, str] = field(default_factory=dict)


def said_of(cls: type) -> Said:
    """Return what the source of a dataclass says of it, and of its fields, inherited ones among them."""
    fields: dict[str, str] = {}
    for each in reversed(cls.__mro__[:-1]):
        fields |= _module(each.__module__).get(each.__qualname__, Said()).of_fields
    return Said(_module(cls.__module__).get(cls.__qualname__, Said()).of_class, fields)


@cache
def _module(name: str) -> Mapping[str, Said]:
    """Return what a module says of its classes, by their names."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {each.name: _class(each) for each in tree.body if isinstance(each, ast.ClassDef)}


def _class(node: ast.ClassDef) -> Said:
    fields: dict[str, str] = {}
    for before, after in zip(node.body, node.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            match after:
                case ast.Expr(value=ast.Constant(value=str() as text)):
                    fields[before.target.id] = _clean(text)
                case _:
                    pass
    return Said(_clean(ast.get_docstring(node) or ""), fields)


def _clean(text: str) -> str:
    return " ".join(_SPEC.sub("", text).split())
