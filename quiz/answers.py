"""Answers as typed on a command line: `b`, `a,c`, `x=y,z=w`, or places in the list shown: `2`, `1,3`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import assert_never

from quiz.presentation import choices, laid_out
from quiz.questions import Answer, Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single


def parse_answer(question: Question, text: str) -> Answer:
    """Return the answer that `text` spells; unknown names are left for `grade` to refuse.

    A number is a place, from 1, in the options or items as the question shows them (for the partners of a
    matching: in `quiz.presentation.choices`), unless some id is a number itself.
    """
    match question:
        case Single():
            return _known(text.strip(), _places(option.id for option in question.options))
        case Multiple():
            return _several(text, _places(option.id for option in question.options))
        case Ordering():
            return _several(text, _places(each.id for each in laid_out(question)))
        case Matching():
            return _partners(question, text)
        case Numeric() | ShortText() | Fix():
            return text
        case _:
            assert_never(question)


def _several(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_known(token, names) for token in _tokens(text))


def _partners(question: Matching, text: str) -> dict[str, str]:
    prompts = _places(pair.id for pair in question.pairs)
    partners = _places(choice.id for choice in choices(question)) | {pair.id: pair.id for pair in question.pairs}
    answer: dict[str, str] = {}
    for token in _tokens(re.sub(r"\s*=\s*", "=", text)):
        prompt, _, partner = token.partition("=")
        prompt = _known(prompt, prompts)
        twice = prompt in answer
        answer[token if twice else prompt] = _known(partner, partners)
    return answer


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s,;]+", text) if token]


def _places(ids: Iterable[str]) -> dict[str, str]:
    """Return what may be typed for each id."""
    known = {id: id for id in ids}
    if any(id.isdecimal() for id in known):
        return known
    return {str(place): id for place, id in enumerate(known, 1)} | known


def _known(token: str, names: Mapping[str, str]) -> str:
    return names.get(token.casefold(), token)
