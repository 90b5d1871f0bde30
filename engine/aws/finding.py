"""What a check has to say about a request, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Path = tuple[str | int, ...]
"""Keys and indices from the top of the plan, such as `("PutMetricAlarm", 0, "Period")`."""
Severity = Literal["client", "service", "not-simulated", "advice"]
"""`client`: botocore does not send it; `service`: AWS answers with an error; `not-simulated`: AWS acts on it and this
simulation does not; `advice`: AWS accepts it, although it cannot work as meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or will not work as meant, and what would be right."""

    path: Path
    """The key it is about; for something that is missing, the mapping that lacks it."""
    severity: Severity
    say: str
    """One line without control characters."""
    left_out: bool = False
    """Of something that is not simulated: can a run go on as if it were not there?"""
    answer: str = ""
    """What AWS itself says of it, to its clients; empty where that is not known."""

    @property
    def stops(self) -> bool:
        """Is there nothing to run because of it?"""
        return self.severity != "advice" and not self.left_out


@dataclass(frozen=True, slots=True)
class Wrong:
    """What the service refuses, wherever it stands: clients are told what is wrong, learners what to do as well."""

    said: str
    """As the service might say it; nobody published how it does."""
    remedy: str = ""
    answer: str = ""
    """What AWS says, where somebody printed it and learners are told more."""

    def at(self, path: Path) -> Finding:
        """Return it with its place."""
        return Finding(path, "service", f"{self.said} {self.remedy}".rstrip(), answer=self.answer or self.said)


def inert(text: str) -> str:
    """Return `text` as one printable line: a plan may hold line breaks and terminal escapes."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def shortened(text: str, most: int = 80) -> str:
    """Return `text`, with its middle left out where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"


LONGEST = 200
"""Characters of a word that are compared."""
MOST_COMPARED = 50
"""Known words that are, those of the nearest length; two long ones take a tenth of a millisecond."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word`, whatever its case, or None if none is close."""
    by_lower = {each.lower(): each for each in known}
    wanted = word.lower()[:LONGEST]
    longer = [each for each in by_lower if wanted in each] if len(wanted) > 2 else []
    alike = sorted(by_lower, key=lambda each: abs(len(each) - len(wanted)))[:MOST_COMPARED]
    found = sorted(longer, key=len) or get_close_matches(wanted, alike, n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean X?`, or the known words where none is close."""
    words = tuple(known)
    found = nearest(word, words)
    if found:
        return f"Did you mean {found}?"
    return f"Known: {', '.join(words)}." if words else "There is none."
