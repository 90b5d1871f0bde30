"""The lines to paste by which a lab or an incident is done with one's own tools."""

from __future__ import annotations

from collections.abc import Mapping


def to_paste(lab: str) -> Mapping[str, str]:
    """Return commands by what they are for: a simulated AWS to talk to, and the grade of a script."""
    return {
        "talk to it": f"mlcourse serve --lab {lab} --release 1",
        "grade a script": f'mlcourse lab grade {lab} --with "bash deploy.sh"',
    }


def to_watch(incident: str) -> Mapping[str, str]:
    """Return the commands for an incident: a simulated AWS in which somebody has sent an update."""
    return {"talk to it": f"mlcourse serve --incident {incident} --speed 10"}
