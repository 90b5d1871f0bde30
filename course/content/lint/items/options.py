"""Does the right option give itself away, by its length or by its place?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from string import ascii_lowercase

from course.content.lint.items.asked import Asked
from course.content.lint.items.chance import LEVEL, too_few, too_many
from course.content.yaml.errors import Problem
from quiz.questions import Single

RATIO = 1.6
"""Of the right option's length to the mean of the others, or the other way round."""
LEAST_APART = 25
"""Characters of difference; between short options a ratio says nothing."""


def length_advice(asked: Sequence[Asked]) -> Iterator[Problem]:
    """Yield each right option that stands out by its length, and whether it is the longest too often in the whole."""
    longest: list[bool] = []
    chances: list[float] = []
    for each in asked:
        if not isinstance(each.question, Single) or each.question.computed is not None:
            continue
        yield from _stands_out(each)
        lengths = [len(option.text) for option in each.options]
        right = next(at for at, option in enumerate(each.options) if option.correct)
        longest.append(lengths[right] == max(lengths) and lengths.count(max(lengths)) == 1)
        chances.append(1 / len(lengths))
    if chances and (likely := too_many(sum(longest), chances)) < LEVEL:
        yield asked[0].problem(
            (),
            f"the right option is the longest of {sum(longest)} of {len(chances)} single questions, where "
            f"{sum(chances):.0f} would be chance (p = {likely:.1g}); shorten right ones, or say more in wrong ones",
        )


def _stands_out(each: Asked) -> Iterator[Problem]:
    for at, option in enumerate(each.options):
        others = mean(len(other.text) for other in each.options if other is not option)
        here = len(option.text)
        if option.correct and abs(here - others) >= LEAST_APART and max(here, others) > RATIO * min(here, others):
            say = f"the right option has {here} characters, the others {others:.0f} on average; make them alike"
            yield each.problem(("options", at, "text"), say)


def place_advice(asked: Sequence[Asked]) -> Iterator[Problem]:
    """Yield each place in the files at which what is right stands too often, or too seldom."""
    choices = [each for each in asked if each.options]
    most = max((len(each.options) for each in choices), default=0)
    for place in range(most):
        there = [each for each in choices if len(each.options) > place]
        chances = [sum(option.correct for option in each.options) / len(each.options) for each in there]
        right = sum(each.options[place].correct for each in there)
        for likely, how in ((too_many(right, chances), "often"), (too_few(right, chances), "seldom")):
            if likely < LEVEL / (2 * most):
                yield there[0].problem(
                    (),
                    f"option {ascii_lowercase[place]} is right too {how}: in {right} of {len(there)} questions, where "
                    f"{sum(chances):.0f} would be chance (p = {likely:.1g}); change the order of options in the files",
                )
