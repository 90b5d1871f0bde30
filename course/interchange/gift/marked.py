"""A text of GIFT in which it is known of every sign whether GIFT obeys it or it was escaped."""

from __future__ import annotations

from dataclasses import dataclass

ESCAPES = frozenset("\\:#={}~")
HARMLESS = "\0"
"""Stands for a sign that was escaped; no file holds it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of the text."""

    plain: str
    """As it is meant."""
    active: str
    """As GIFT sees it, of the same length."""
    places: tuple[int, ...]
    """Where each sign stands in what was read."""

    def __getitem__(self, part: slice) -> Marked:
        return Marked(self.plain[part], self.active[part], self.places[part])

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    @property
    def at(self) -> int:
        """Where it begins."""
        return self.places[0] if self.places else 0

    def stripped(self) -> Marked:
        """Return it without blanks around it."""
        lead = len(self.plain) - len(self.plain.lstrip())
        return self[lead : max(lead, len(self.plain.rstrip()))]

    def parted(self, sign: str) -> tuple[Marked, Marked]:
        """Return what stands before the sign and what behind it; nothing behind where there is none."""
        at = self.active.find(sign)
        return (self, self[len(self.plain) :]) if at < 0 else (self[:at], self[at + len(sign) :])

    def split(self, signs: str) -> list[tuple[str, Marked]]:
        """Return the pieces that begin with one of the signs, each with its sign; what comes before all has none."""
        cuts = [at for at, sign in enumerate(self.active) if sign in signs]
        first = self[: cuts[0]] if cuts else self
        ends = [*cuts[1:], len(self.plain)][: len(cuts)]
        pieces = [(self.active[at], self[at + 1 : end]) for at, end in zip(cuts, ends, strict=True)]
        return [("", first), *pieces] if first else pieces


def marked(text: str, begin: int = 0) -> Marked:
    """Return the text with its escapes resolved; `begin` is where it stands in the file."""
    plain, active, places = list[str](), list[str](), list[int]()
    at = 0
    while at < len(text):
        sign, follows = text[at], text[at + 1 : at + 2]
        escaped = sign == "\\" and (follows in ESCAPES or follows == "n") and follows != ""
        if escaped:
            sign = "\n" if follows == "n" else follows
        plain.append(sign)
        active.append(HARMLESS if escaped else sign)
        places.append(begin + at)
        at += 2 if escaped else 1
    return Marked("".join(plain), "".join(active), tuple(places))
