"""When an app under test is done with what it was given: as soon as it is, where Textual's Pilot looks at the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from textual import _wait, pilot
from textual import app as apps
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

GLANCE = 4
"""How often the Pilot looks whether threads are done, where Textual has it look once."""
NEAR_S = 0.005
"""Timers that are due within that belong to what goes on just now."""


def due_in_s(loop: asyncio.AbstractEventLoop) -> float | None:
    """Return when the next timer rings, None if there is none."""
    rings = (handle.when() for handle in loop._scheduled if not handle.cancelled())
    return None if (first := min(rings, default=None)) is None else first - loop.time()


def threads_work(loop: asyncio.AbstractEventLoop) -> bool:
    """Does a thread of the app work, or wait for something?"""
    pool = loop._default_executor
    return pool is not None and (pool._work_queue.qsize() > 0 or pool._idle_semaphore._value < len(pool._threads))


def painting_waits(app: App[object]) -> bool:
    """Will the screen be laid out, or painted, when its timer rings?"""
    screen = app.screen_stack[-1] if app._screen_stacks.get(app._current_mode) else None
    return screen is not None and screen.is_running and screen._update_timer._active.is_set()


until_threads_rest = _wait.wait_for_idle
"""Looks at the clock: nobody else can say whether a thread that a test holds up will ever go on."""


async def until_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Let the app work until no message waits, no picture is due and no thread works."""
    loop, app, begun = asyncio.get_running_loop(), active_app.get(), monotonic()
    await asyncio.sleep(0)  # an app that broke has to come to its end, too
    while monotonic() - begun < max_sleep and not app._exception:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if (due := due_in_s(loop)) is not None and due < NEAR_S:
            await asyncio.sleep(max(0, due))
        elif painting_waits(app):
            app.screen._on_timer_update()
        elif threads_work(loop):
            await until_threads_rest(min_sleep, max_sleep)
            if threads_work(loop):
                return
        else:
            return


async def screen_is_idle(pilot: Pilot[object], timeout: float = 30.0) -> bool:
    """Do the same for the Pilot; return whether the app is still well."""
    await until_idle()
    return not pilot.app._exception


@contextmanager
def no_waiting() -> Iterator[None]:
    """Have the Pilot go on as soon as the app is idle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_wait, "SLEEP_GRANULARITY", _wait.SLEEP_GRANULARITY / GLANCE)
        patch.setattr(_wait, "SLEEP_IDLE", _wait.SLEEP_IDLE / GLANCE)
        patch.setattr(pilot, "wait_for_idle", until_idle)
        patch.setattr(apps, "wait_for_idle", until_idle)
        patch.setattr(Pilot, "_wait_for_screen", screen_is_idle)
        yield
