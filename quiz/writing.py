"""Typing an answer: a number within its tolerance, a word however it is spelled, or a sentence by what it says."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from quiz.numbers import number_text, read_number
from quiz.questions import Numeric, ShortText
from quiz.verdict import RIGHT, Verdict, malformed, wrong
from quiz.wording.judging import judge


def grade_number(question: Numeric, text: str) -> Verdict:
    """Judge a number, the edge of the tolerance included; a known slip is told why."""
    number = read_number(text, question.unit)
    if number is None:
        unit = f" in {question.unit}" if question.unit else ""
        return malformed(f"Give a number{unit}, such as 12 or 0.5.")
    if abs(number - Fraction(str(question.value))) <= Fraction(str(question.tolerance)):
        return RIGHT
    for slip in question.slips:
        if read_number(slip.answer, question.unit) == number:
            return wrong(slip.why)
    return wrong(f"No, it is not {number_text(number)} {question.unit}".rstrip() + ".")


def grade_words(question: ShortText, text: str) -> Verdict:
    """Judge a word or a name, or a sentence by its concepts; a known slip is told why, also one that differs from the
    answer in its capitals or signs alone, if it is typed to the letter. Signs alone are no answer unless asked for."""
    words = _plain(text)
    for slip in question.slips:
        if slip.answer.strip() == text.strip():  # sign by sign: there spelling is what was asked for
            return wrong(slip.why)
    if words in map(_plain, question.answers):
        return RIGHT
    for slip in question.slips:
        if _plain(slip.answer) == words:
            return wrong(slip.why)
    if not any(sign.isalnum() for sign in words):
        return malformed("Write a sentence." if question.concepts else "Write a word or a name.")
    if question.concepts:
        return judge(question, text)
    return wrong("No, that is not it.")


def _plain(text: str) -> str:
    """Return the letters and digits in lower case without accents; all signs if there are only signs."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if sign.isalnum()) or folded.strip()
