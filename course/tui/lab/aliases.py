"""The hidden releases under letters, so that a learner can tell them apart without knowing what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from string import ascii_uppercase


def aliases(lab_id: str, release_ids: Iterable[str]) -> Mapping[str, str]:
    """Return a letter for each release, in an order that the author's order does not give away.

    The order depends on the ids alone, so that release B is the same one tomorrow.
    """
    shuffled = sorted(release_ids, key=lambda id: hashlib.sha256(f"{lab_id}/{id}".encode()).digest())
    return {id: _letter(index) for index, id in enumerate(shuffled)}


def _letter(index: int) -> str:
    rounds, place = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(rounds + 1) if rounds else "")
