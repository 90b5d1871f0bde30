"""Is a sentence right: does it say every concept that belongs to the answer, and nothing that is wrong?

What cannot be told is not guessed: then the verdict is unsure, and the learner judges beside the model answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from quiz.questions import Concept, ShortText
from quiz.verdict import RIGHT, Verdict, unsure, wrong
from quiz.wording.found import Found, find_phrase
from quiz.wording.negation import CUES, denied, meant
from quiz.wording.words import Word, words

LONGEST = 60
"""Words; in more than that anything may be found by chance."""
MOST_READ = 500
"""Words, with the ends of clauses; whoever pastes a book is told at once."""
UNSAID, UNSAID_ALONE = 3, 6
"""Words that nothing explains; with so many, beside a concept or alone, an answer may mean what the lists lack."""
MOST_UNSAID = 14
"""With so many beside all the concepts it may say something else as well."""

Said = Literal["yes", "maybe", "denied", "not", "no"]
"""Of a concept: it is said; something like it; it does not happen; it is not there; nothing of it is said."""
_ORDER: tuple[Said, ...] = ("yes", "maybe", "denied", "not", "no")


def judge(question: ShortText, text: str) -> Verdict:
    """Judge an answer by the concepts of its question."""
    given = words(text)
    if len(given) > MOST_READ:
        return unsure()
    said = {concept.id: saying(concept, given) for concept in question.concepts}
    claims = {claim.id: saying(claim, given, partly=False) for claim in question.wrong}
    claimed = [claim.say for claim in question.wrong if claims[claim.id] == "yes"]
    missing = [concept.say for concept in question.concepts if said[concept.id] not in ("yes", "maybe")]
    if claimed:
        return wrong(" ".join(claimed))
    if missing:
        touched = any(each != "no" for each in said.values())
        open = _unsaid(question, given) >= (UNSAID if touched else UNSAID_ALONE)
        return unsure() if open and "denied" not in said.values() else wrong(" ".join(missing))
    doubts = "maybe" in said.values() or "maybe" in claims.values() or _odd(question, given)
    return unsure() if doubts else RIGHT


def saying(concept: Concept, text: Sequence[Word], *, partly: bool = True) -> Said:
    """Return whether a text says this, in any of its phrases; parts of them count only if they may."""
    found = (each for given in concept.any for each in find_phrase(given, text))
    told = {_says(each, text) for each in found if partly or each.how != "partly"}
    if {"yes", "denied"} <= told:
        return "maybe"
    return next((each for each in _ORDER if each in told), "no")


def _says(found: Found, text: Sequence[Word]) -> Said:
    if found.how != "exact":
        return "maybe"
    match meant(text, found.at):
        case "yes":
            return "yes"
        case "maybe":
            return "maybe"
        case "no":
            return "denied" if denied(text, found.at) else "not"


def _odd(question: ShortText, text: Sequence[Word]) -> bool:
    """Is it longer or shorter than a sentence that answers, or about much else?"""
    count = sum(not word.ends for word in text)
    least = 2 * len(question.concepts) if len(question.concepts) > 1 else 1
    return not least < count + 1 <= LONGEST or _unsaid(question, text) >= MOST_UNSAID


def _unsaid(question: ShortText, text: Sequence[Word]) -> int:
    """Return the number of different words that neither the question nor its key has."""
    lists = (given for each in (*question.concepts, *question.wrong) for given in each.any)
    known = _stems((question.stem, question.explain, *question.answers, *lists))
    return len({word.stem for word in text if not (word.small or word.ends)} - known - CUES)


def _stems(texts: Iterable[str]) -> set[str]:
    return {word.stem for text in texts for word in words(text)}
