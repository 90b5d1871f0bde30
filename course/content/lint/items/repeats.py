"""Is a fact asked twice? Stems, each with its right options, and explanations that share most of their phrases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from course.content.lint.items.asked import Asked
from course.content.yaml.errors import Problem

SHINGLE = 3
"""Words in a row that count as one phrase."""
ALIKE = 0.5
"""Share of phrases, of all that either text has, from which two texts say the same."""
LEAST = 8
"""Phrases of a text; of shorter ones half is soon alike by chance."""
_WORD = re.compile(r"[\w'%.-]+")


def repeat_advice(asked: Sequence[Asked]) -> Iterator[Problem]:
    """Yield each stem and explanation that is nearly one of an earlier question."""
    for key in ("stem", "explain"):
        seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
        sizes: list[int] = []
        for index, each in enumerate(asked):
            shingles = _shingles(each.question.explain if key == "explain" else _asked(each))
            shared = Counter(at for shingle in shingles for at in seen[shingle])
            for at, common in shared.items():
                if common / (len(shingles) + sizes[at] - common) >= ALIKE:
                    yield each.problem((key,), _say(key, asked[at]))
                    break
            sizes.append(len(shingles))
            for shingle in shingles:
                seen[shingle].append(index)


def _asked(each: Asked) -> str:
    """Return the stem with what is right: many ask which of these is true."""
    return " ".join((each.question.stem, *(option.text for option in each.options if option.correct)))


def _say(key: str, earlier: Asked) -> str:
    what = "stem" if key == "stem" else "explanation"
    return f"the {what} is nearly that of {earlier.question.id} ({earlier.place}); ask another fact, or drop one"


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    found = frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return found if len(found) >= LEAST else frozenset()
