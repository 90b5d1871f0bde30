"""Which questions an exam asks: by the weights of its domains as far as the bank goes, by chance within them.

Each question has a rank that depends on the seed and on its own id alone. The questions are tried by rank, and one is
taken if all that are taken then still find a place. So as many places as possible are filled, and one question more in
the bank drives out one at most: sets that can be placed are the independent sets of a transversal matroid (Edmonds and
Fulkerson, *Journal of Research of the NBS* 69B, 1965).

The parts of a case have one rank, that of the case: all of them are taken, or none, and they are asked in their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from quiz.exams.profile import Card, Place, Profile


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of an exam, and what it is asked for."""

    id: str
    domain: str
    objective: str
    scored: bool = True
    """False: it does not count, and the learner is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What an exam asks under one seed."""

    profile: str
    seed: int
    questions: tuple[Drawn, ...]
    """In the order in which they are asked."""
    missing: Mapping[str, int]
    """By domain: questions that the exam would ask and the bank does not have. Without those that have all."""
    uncovered: tuple[str, ...]
    """Objectives for which the bank has no question."""
    minutes: int
    """The exam's own, in the same pace if it is shorter: rounded up."""


def draw(profile: Profile, cards: Iterable[Card], seed: int) -> Draw:
    """Return the questions; equal seeds and cards, equal draws, whatever the order of the cards."""
    quotas = apportioned(profile.questions, [domain.weight for domain in profile.domains])
    room = {domain.id: quota for domain, quota in zip(profile.domains, quotas, strict=True)}
    bank = tuple(cards)
    served = profile.places(bank)
    wholes = _wholes(bank, served)
    ranked = sorted(wholes, key=lambda name: _rank(seed, "take", name))
    placed = _placed([wholes[name] for name in ranked], {id: _domains(served[id]) for id in served}, room)
    silent = _unscored(profile, placed, seed)
    asked = (id for name in sorted(wholes, key=lambda name: _rank(seed, "order", name)) for id in wholes[name])
    questions = tuple(
        Drawn(id, placed[id], _objective(served[id], placed[id], seed, id), id not in silent)
        for id in asked
        if id in placed
    )
    taken = list(placed.values())
    missing = {domain: quota - taken.count(domain) for domain, quota in room.items()}
    covered = {place.objective for places in served.values() for place in places}
    return Draw(
        profile=profile.id,
        seed=seed,
        questions=questions,
        missing={domain: number for domain, number in missing.items() if number},
        uncovered=tuple(each for domain in profile.domains for each in domain.objectives if each not in covered),
        minutes=ceil(profile.time * len(questions) / profile.questions),
    )


def apportioned(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return `total` shared out by the weights: whole parts first, then one each by the largest remainder.

    Of equal remainders the first is served first. Nothing to weigh by, nothing is shared out.
    """
    whole = sum(weights)
    if not whole:
        return tuple(0 for _ in weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(share for share, _ in shares)
    first = sorted(range(len(weights)), key=lambda at: -shares[at][1])[:left]
    return tuple(share + (at in first) for at, (share, _) in enumerate(shares))


def _wholes(cards: Iterable[Card], served: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return what can only be taken as a whole, by its name: a question, or all parts of a case, in their order.

    A case of which the exam does not take every part is left out.
    """
    parts: dict[str, list[tuple[int, str]]] = {}
    for card in cards:
        parts.setdefault(card.case or card.id, []).append((card.part, card.id))
    wholes = {name: tuple(id for _, id in sorted(each)) for name, each in parts.items()}
    return {name: ids for name, ids in wholes.items() if all(id in served for id in ids)}


def _placed(
    ranked: Iterable[Sequence[str]], domains: Mapping[str, Sequence[str]], room: Mapping[str, int]
) -> dict[str, str]:
    """Return the domain of each question that is taken; a question may move for another one that could not else."""
    held: dict[str, list[str]] = {domain: [] for domain in room}
    closed: set[str] = set()
    """Domains in which no place will ever be free again: all that stand there have nowhere else to go."""
    for ids in ranked:
        before = {domain: list(each) for domain, each in held.items()} if len(ids) > 1 else held
        for at, id in enumerate(ids):
            asked = set(closed)
            if _find_place(id, domains, room, held, asked):
                continue
            if at:  # a part has found its place and another has not: all of them go again
                held = before
            else:
                closed = asked
            break
    return {id: domain for domain, ids in held.items() for id in ids}


def _find_place(
    id: str,
    domains: Mapping[str, Sequence[str]],
    room: Mapping[str, int],
    held: Mapping[str, list[str]],
    asked: set[str],
) -> bool:
    """Give the question a place, moving others on where they have one to go to. Is there one?"""
    open_to = [domain for domain in domains[id] if domain not in asked]
    asked.update(open_to)
    for domain in open_to:
        if len(held[domain]) < room[domain]:
            held[domain].append(id)
            return True
    for domain in open_to:
        for at, other in enumerate(held[domain]):
            if _find_place(other, domains, room, held, asked):
                held[domain][at] = id
                return True
    return False


def _unscored(profile: Profile, placed: Mapping[str, str], seed: int) -> frozenset[str]:
    """Return the questions that do not count: as many of each domain as its share of the questions asks for."""
    by_domain: dict[str, list[str]] = {domain.id: [] for domain in profile.domains}
    for id in sorted(placed, key=lambda id: _rank(seed, "unscored", id)):
        by_domain[placed[id]].append(id)
    total = profile.unscored * len(placed) // profile.questions
    counts = apportioned(total, [len(ids) for ids in by_domain.values()])
    return frozenset(id for ids, count in zip(by_domain.values(), counts, strict=True) for id in ids[:count])


def _domains(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.domain for place in places))


def _objective(places: Iterable[Place], domain: str, seed: int, id: str) -> str:
    """Return one of the objectives that the question serves in its domain, by chance."""
    served = [place.objective for place in places if place.domain == domain]
    return served[int(_rank(seed, "objective", id), 16) % len(served)]


def _rank(seed: int, purpose: str, id: str) -> str:
    """Return a number that chance gives to a question, for one purpose under one seed, in hexadecimal digits.

    A hash, for it depends on nothing else in the bank, nor on Python's version.
    """
    return hashlib.blake2b(f"{seed}:{purpose}:{id}".encode(), digest_size=8).hexdigest()
