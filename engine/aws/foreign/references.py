"""References in Terraform's JSON, `${...}`, put in where the file tells what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.aws.foreign.worked_out import Budget, Unknown, as_text, role_arn, scaling_policy_arn, short, topic_arn
from engine.requests.arns import alarm_arn

_WORD = r"[A-Za-z0-9_-]+"
REFERENCE = re.compile(rf"(?<!\$)\$\{{\s*({_WORD})\.({_WORD})(?:\[0\])?(?:\.([a-z_]+))?\s*\}}")
TEMPLATE = re.compile(r"(?<!\$)\$\{")


ARNS: Mapping[str, Callable[[str], str]] = {
    "aws_cloudwatch_metric_alarm": alarm_arn,
    "aws_cloudwatch_composite_alarm": alarm_arn,
    "aws_sns_topic": topic_arn,
    "aws_iam_role": role_arn,
}


class References:
    """What can be referred to in a file."""

    def __init__(self, data: Mapping[str, Any], blocks: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        self.blocks, self.budget = blocks, Budget()
        self.values: dict[tuple[str, str], Any] = {
            ("var", name): default
            for name, body in named(data.get("variable"))
            for key, default in named(body)
            if key == "default"
        }
        self.values |= {("local", name): value for name, value in named(data.get("locals"))}

    def resolved(self, value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - JSON-like
        """Return the value without references; Unknown with the first that the file does not tell."""
        if isinstance(value, Mapping):
            return {str(self.resolved(key, depth)): self.resolved(each, depth) for key, each in value.items()}
        if isinstance(value, list):
            return [self.resolved(each, depth) for each in value]
        return self._text(value, depth) if isinstance(value, str) else value

    def _text(self, given: str, depth: int) -> Any:  # noqa: ANN401
        whole = REFERENCE.fullmatch(given)
        if whole:
            return self._of(whole, depth)
        if TEMPLATE.search(REFERENCE.sub("", given)):
            raise Unknown(given)
        filled, end = "", 0
        for match in REFERENCE.finditer(given):
            filled = short(f"{filled}{_unescaped(given[end : match.start()])}{as_text(self._of(match, depth))}")
            end = match.end()
        return filled + _unescaped(given[end:])

    def _of(self, match: re.Match[str], depth: int) -> Any:  # noqa: ANN401
        kind, name, key = match.groups()
        self.budget.spend(depth)
        if key is None and (kind, name) in self.values:
            return self.resolved(self.values[kind, name], depth + 1)
        if key is None or (kind, name) not in self.blocks:
            raise Unknown(match.group())
        found = self.resolved(self._attribute(kind, name, key), depth + 1)
        if found is None:
            raise Unknown(match.group())
        if key != "arn":
            return found
        return self._arn(match, kind, name, found, depth)

    def _attribute(self, kind: str, name: str, key: str) -> Any:  # noqa: ANN401
        """Return what an attribute of another block comes of: ids and ARNs come of names."""
        body = self.blocks[kind, name]
        if key not in ("id", "arn", "name", "alarm_name"):
            return body.get(key)
        return body.get("alarm_name", body.get("name", name))

    def _arn(self, match: re.Match[str], kind: str, name: str, called: object, depth: int) -> str:
        if kind in ARNS:
            return ARNS[kind](str(called))
        if kind != "aws_appautoscaling_policy":
            raise Unknown(match.group())
        body = self.blocks[kind, name]
        service, of = (str(self.resolved(body.get(key), depth + 1)) for key in ("service_namespace", "resource_id"))
        return scaling_policy_arn(service, of, str(called))


def _unescaped(text: str) -> str:
    return re.sub(r"([$%])\1\{", r"\1{", text)


def named(value: object) -> Iterator[tuple[str, Any]]:
    """Yield names and what they name; JSON syntax lets a list stand wherever a mapping does."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield from each.items()
