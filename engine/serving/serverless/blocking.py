"""How many requests find no environment free: Erlang B, whatever the work of a request is spread like (spec inference
3.2). Agner Krarup Erlang's formula of 1917, in the recursion over one more server each time."""

from __future__ import annotations


def erlang_b(servers: int, offered: float) -> float:
    """Return the share that finds all servers busy where nobody waits; `offered` is rate times work."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    return blocked
