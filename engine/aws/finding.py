"""What a check has to say about a request, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Path = tuple[str | int, ...]
"""Keys and indices from the top of the plan, such as `("PutMetricAlarm", 0, "Period")`."""
Severity = Literal["client", "service", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or will not work as meant, and what would be right."""

    path: Path
    """The key it is about; for something that is missing, the mapping that lacks it."""
    severity: Severity
    """`client`: botocore does not send it; `service`: AWS answers with an error; `advice`: AWS accepts it."""
    say: str
    """One line without control characters."""


def inert(text: str) -> str:
    """Return `text` as one printable line: a plan may hold line breaks and terminal escapes."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def shortened(text: str, most: int = 80) -> str:
    """Return `text`, with its middle left out where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"
