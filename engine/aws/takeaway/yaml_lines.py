"""Plain data as YAML, written without a library: every text is quoted, so that none is taken for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator


def lines(tree: object, indent: str = "") -> Iterator[str]:
    """Yield the lines of a block of mappings and lists."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _entry(f"{indent}{_key(key)}:", value, indent)
    elif isinstance(tree, list):
        for value in tree:
            yield from _entry(f"{indent}-", value, indent)


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield head
        yield from lines(value, indent + "  ")
    else:
        yield f"{head} {_scalar(value)}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", key) else _scalar(key)


def _scalar(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
