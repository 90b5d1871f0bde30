"""Our own addresses beside AWS's: `/_mlcourse/clock` tells the time and lets it pass."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from course.serving.clocks import STATUSES
from course.serving.session import BackInTime, Moment, Session
from engine.aws.gateway.http import HttpRequest, HttpResponse

PREFIX = "/_mlcourse/"
CLOCK = f"{PREFIX}clock"
USE = (
    'POST one of {"advance_s": SECONDS}, {"advance_s": SECONDS, "until": STATUS}, the same with "of": ENDPOINT, '
    f'{{"to_s": SECOND OF THE RUN}} and {{"wake_s": SECOND OF THE RUN}}; STATUS is one of {", ".join(STATUSES)}.'
)
"""`wake_s` is for sleepers: it may be over by then."""


def control(session: Session, request: HttpRequest) -> HttpResponse:
    """Answer a request to our own address."""
    if request.path != CLOCK:
        return _answer(404, {"say": f"There is nothing at this address; the clock is at {CLOCK}."})
    if request.method in ("GET", "HEAD"):
        return _moment(session.moment())
    if request.method != "POST":
        return _answer(405, {"say": USE})
    try:
        return _moment(_moved(session, request.body))
    except (BackInTime, ValueError) as error:
        return _answer(400, {"say": str(error)} | asdict(session.moment()))


def _moved(session: Session, body: bytes) -> Moment:
    """Return how things stand after time has passed; ValueError for what cannot be read."""
    try:
        match json.loads(body):
            case {"advance_s": seconds, "until": str(status), **rest} if _is_number(seconds) and not rest.keys() - {
                "of"
            }:
                if status in STATUSES and isinstance(of := rest.get("of", ""), str):
                    return session.advance(float(seconds), until=status, of=of)
            case {"advance_s": seconds, **rest} if _is_number(seconds) and not rest:
                return session.advance(float(seconds))
            case {"to_s": second, **rest} if _is_number(second) and not rest:
                return session.go_to(float(second))
            case {"wake_s": second, **rest} if _is_number(second) and not rest:
                return session.go_to(float(second), waking=True)
    except (ValueError, RecursionError, OverflowError):
        pass
    raise ValueError(USE)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moment(moment: Moment) -> HttpResponse:
    return _answer(200, asdict(moment))


def _answer(status: int, value: Any) -> HttpResponse:  # noqa: ANN401 - JSON-like data
    return HttpResponse(status=status, headers={"Content-Type": "application/json"}, body=json.dumps(value).encode())
