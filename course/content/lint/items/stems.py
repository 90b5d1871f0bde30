"""What stems and options should not do, and what a question should say of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.content.lint.items.asked import Asked
from course.content.yaml.errors import Problem
from course.content.yaml.wording import shown

_ORDERS = (
    "arrange|bring|build|calculate|choose|classify|complete|compute|decide|describe|enter|estimate|explain|find|fix"
    "|give|judge|list|match|mend|name|order|pick|predict|put|rank|say|select|sort|tell|tick|type|work|write"
)
_ASKS = re.compile(rf"\?|(?:^|[.:;!]\s+|\n)(?:now |then |please )?(?:{_ORDERS})\b", re.IGNORECASE)
_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the|these|them|those)(?: (?:above|below|others?|answers?|options?))?\s*\.?$"
    r"|\b(?:all|none|both|neither) of the above\b|^(?:all|none) (?:above|apply)\.?$",
    re.IGNORECASE,
)


def stem_advice(each: Asked) -> Iterator[Problem]:
    """Yield what is to be said of one question."""
    if not _ASKS.search(each.question.stem):
        yield each.problem(
            ("stem",), "the stem asks nothing; end it with a question, or say what to do: Choose, Put, Match"
        )
    if each.question.level is None:
        say = f"question {each.question.id} has no level; say what it asks for: remember to evaluate"
        yield each.problem((), say)
    for at, option in enumerate(each.options):
        if _ABOVE.search(option.text.strip()):
            say = f"{shown(option.text)} leans on the other options, which are mixed when shown; say what is meant"
            yield each.problem(("options", at, "text"), say)
