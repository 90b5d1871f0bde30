"""The terms of shadow tests: how long they last, in which states what may be asked (spec inference 7.2).

What AWS answers to the rest is not published; which states refuse a request, the service model says of updates alone.
"""

from __future__ import annotations

from datetime import timedelta

USUAL = timedelta(days=7)
"""Without an EndTime."""
LONGEST = timedelta(days=30)
ENDED = ("Completed", "Cancelled")
MAY_UPDATE = ("Created", "Running")
MAY_START = ("Created",)
MAY_STOP = ("Created", "Running")
ON_ENDPOINT = ("Starting", "Running", "Updating", "Stopping")
"""States in which the test has hold of its endpoint."""
