"""Textual reads a bare `str` as markup. No screen hands it one that somebody else has written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import course.tui

FILES = sorted(Path(course.tui.__file__).parent.rglob("*.py"))
DOORS = frozenset({"Static", "Label", "Option", "Button", "Tab", "Toast", "update"})
"""What reads its first argument as markup."""
OF_STRINGS = frozenset({"format", "str", "title", "strip", "replace", "ljust", "rjust"})
FORBIDDEN = frozenset({"from_markup", "border_title", "border_subtitle"})


def told_as_markup(source: str) -> Iterator[str]:
    """Yield each place at which a text that is not our own could be read as markup."""
    for node in ast.walk(ast.parse(source)):
        name = _name(node.func) if isinstance(node, ast.Call) else _name(node)
        if name in FORBIDDEN and isinstance(node, ast.Call | ast.Attribute):
            yield f"{name} in line {node.lineno}"
        if isinstance(node, ast.Call) and name in DOORS and node.args and _may_be_told(node.args[0]):
            yield f"{name}({ast.unparse(node.args[0])}) in line {node.lineno}"
        if isinstance(node, ast.Call) and name in ("Hit", "DiscoveryHit") and _has_help(node):
            yield f"help of {name} in line {node.lineno}"
        if isinstance(node, ast.FunctionDef) and node.name == "render" and _is_str(node.returns):
            yield f"render in line {node.lineno}"
        if isinstance(node, ast.Assign) and "tooltip" in map(_name, node.targets) and _may_be_told(node.value):
            yield f"tooltip in line {node.lineno}"


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _may_be_told(value: ast.expr) -> bool:
    """Can this be a string that is not our own? A name that stands alone is taken for content that was made before."""
    match value:
        case ast.Constant(value=str(words)):
            return "[" in words
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join")):
            return True
        case ast.Call():
            return _name(value.func) in OF_STRINGS
        case ast.IfExp():
            return _may_be_told(value.body) or _may_be_told(value.orelse)
    return isinstance(value, ast.Attribute | ast.JoinedStr | ast.BinOp | ast.Subscript)


def _has_help(call: ast.Call) -> bool:
    most = {"Hit": 4, "DiscoveryHit": 3}[_name(call.func)]
    return len(call.args) > most or any(keyword.arg == "help" for keyword in call.keywords)


def _is_str(annotation: ast.expr | None) -> bool:
    return annotation is not None and _name(annotation) == "str"


def test_no_text_is_handed_over_bare():
    """Everything that is said goes through `plain`, `inline` or a visual."""
    told = {str(file): list(told_as_markup(file.read_text(encoding="utf-8"))) for file in FILES}

    assert len(FILES) > 100
    assert [f"{name}: {place}" for name, places in told.items() for place in places] == []


@pytest.mark.parametrize(
    "forgotten",
    [
        "Static(self.topic.about)",
        "Static(f'Lab: {title}')",
        "Static('a ' + title)",
        "Option(titles[0], id=id)",
        "Button(', '.join(names))",
        "line.update(term.term if term else '')",
        "Static('[b]bold[/b]')",
        "Content.from_markup(title)",
        "self.border_title = title",
        "self.tooltip = key.tooltip",
        "DiscoveryHit(title, do, name, about)",
        "Hit(1.0, title, do, help=about)",
        "def render(self) -> str: ...",
    ],
)
def test_what_was_forgotten_is_found(forgotten):
    """The ways in which texts become markup."""
    assert list(told_as_markup(forgotten))


@pytest.mark.parametrize(
    "fine", ["Static('Goals')", "Static(plain(title))", "Option(Spread(left, right))", "x.update()"]
)
def test_our_own_words_are_fine(fine):
    """And whatever has been through the door."""
    assert list(told_as_markup(fine)) == []
