"""Time as the run has it, for a Python program: `time`, `datetime` and `asyncio.sleep`, patched in place.

Reading the time costs nothing: it stands in a file that is mapped into memory. To sleep is to ask the run to go on.
Modules of the standard library that wait for threads, sockets and processes keep the time of the wall: those are real.
"""

from __future__ import annotations

import _thread
import datetime
import heapq
import itertools
import json
import mmap
import operator
import os
import socket
import struct
import sys
import time
import types
from importlib.machinery import PathFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.machinery import ModuleSpec
    from typing import Any

IDLE_S = 0.02
"""Where several threads or coroutines sleep, time goes on once nobody has come or gone for that long on the wall."""
WAITING = frozenset(
    (
        "threading",
        "queue",
        "subprocess",
        "selectors",
        "socketserver",
        "socket",
        "ssl",
        "asyncio.base_events",
        "asyncio.events",
        "concurrent.futures._base",
        "concurrent.futures.thread",
        "concurrent.futures.process",
        "multiprocessing.connection",
        "multiprocessing.managers",
        "multiprocessing.pool",
        "multiprocessing.popen_fork",
        "multiprocessing.queues",
        "multiprocessing.synchronize",
    )
)
"""Modules that wait for what is real."""
REAL = types.SimpleNamespace(**{name: getattr(time, name) for name in dir(time) if not name.startswith("__")})
"""The module `time` as it was."""


class Clock:
    """The run's clock: two numbers in a file, and an address to let time pass."""

    def __init__(self, address: str, file: str) -> None:
        host, _, port = address.rpartition(":")
        self._address = (host.strip("[]"), int(port))
        with open(file, "rb") as opened:  # noqa: PTH123 - no imports that are not needed
            self._map = mmap.mmap(opened.fileno(), 16, access=mmap.ACCESS_READ)

    def now_s(self) -> float:
        """Return the second of the run."""
        return float(struct.unpack_from("<d", self._map, 8)[0])

    def time(self) -> float:
        """Return the time since the epoch."""
        return float(struct.unpack_from("<d", self._map, 0)[0]) + self.now_s()

    def wake(self, second: float) -> None:
        """Let time pass up to this second of the run; OSError if it does not."""
        self._ask(second)
        while self.now_s() < second:  # others have given up their way, and ours with it
            self._ask(second)

    def _ask(self, second: float) -> None:
        body = json.dumps({"wake_s": second}).encode()
        head = "POST /_mlcourse/clock HTTP/1.1\r\nHost: mlcourse\r\nConnection: close\r\nContent-Length: "
        with socket.create_connection(self._address) as connection:
            connection.sendall(f"{head}{len(body)}\r\n\r\n".encode() + body)
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        status, _, said = answer.partition(b"\r\n\r\n")
        if b" 200 " not in status[:20]:
            raise OSError(f"the clock of mlcourse did not go on: {_said(said)}")


def _said(body: bytes) -> str:
    """Return why the clock did not go on."""
    try:
        return str(json.loads(body)["say"])
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace") or "nobody answers any more"


class Plain:
    """A function that stays one as an attribute of a class, as functions in C do: `logging` keeps `localtime` so."""

    def __init__(self, name: str, function: Callable[..., object]) -> None:
        self.__name__, self.__module__, self.__doc__, self._function = name, "time", function.__doc__, function

    def __reduce__(self) -> str:
        """Be pickled by the name, for pools of processes."""
        return self.__name__

    def __call__(self, *given: object, **named: object) -> object:
        """Call it."""
        return self._function(*given, **named)


class Sleepers:
    """Threads that sleep at once: the one that is to wake first lets time pass."""

    def __init__(self, clock: Clock) -> None:
        import threading

        self._clock, self._changed = clock, threading.Condition()
        self._asleep: list[tuple[float, int]] = []
        self._numbers = itertools.count()
        self._turn = 0

    def sleep(self, until: float) -> None:
        """Sleep up to this second of the run."""
        with self._changed:
            mine = (until, next(self._numbers))
            heapq.heappush(self._asleep, mine)
            self._stir()
            while True:
                turn = self._turn
                self._changed.wait(IDLE_S)
                if turn == self._turn and self._asleep[0] == mine:
                    break
            try:
                self._clock.wake(until)
            finally:
                heapq.heappop(self._asleep)
                self._stir()

    def _stir(self) -> None:
        self._turn += 1
        self._changed.notify_all()


def install(address: str, file: str) -> None:
    """Patch the time of this program."""
    clock = Clock(address, file)
    patched = _time_functions(clock)
    for module in [module for name, module in sys.modules.items() if name in WAITING]:
        _keep_real(module, patched)
    for name, function in patched.items():
        setattr(time, name, function)
    for name, kind in _dates(clock).items():
        setattr(datetime, name, kind)
    sys.meta_path.insert(0, _Finder(clock, patched))
    for name in [name for name in sys.modules if name == "asyncio.tasks"]:
        _patch_asyncio(sys.modules[name], clock)


def _sleep_of(clock: Clock) -> Callable[[float], None]:
    """Return what takes the place of `time.sleep`."""
    sleepers: list[Sleepers] = []

    def sleep(seconds: float, /) -> None:
        """Let simulated time pass."""
        if not isinstance(seconds, float):
            seconds = operator.index(seconds)
        if not seconds >= 0:
            raise ValueError("sleep length must be non-negative")
        until = clock.now_s() + seconds
        if _thread._count() == 0:
            clock.wake(until)
            return
        if not sleepers:
            sleepers.append(Sleepers(clock))
        sleepers[0].sleep(until)

    return sleep


def _time_functions(clock: Clock) -> Mapping[str, Callable[..., object]]:
    """Return what takes the place of functions of `time`, by name."""
    began_s = float(REAL.monotonic()) - clock.now_s()

    def now(seconds: float | None = None) -> float:
        return clock.time() if seconds is None else seconds

    def monotonic() -> float:
        return began_s + clock.now_s()

    def clock_gettime(which: int, /) -> float:
        mine = {REAL.CLOCK_REALTIME: clock.time, REAL.CLOCK_MONOTONIC: monotonic}.get(which)
        return float(REAL.clock_gettime(which) if mine is None else mine())

    functions: Mapping[str, Callable[..., object]] = {
        "sleep": _sleep_of(clock),
        "time": clock.time,
        "time_ns": lambda: round(clock.time() * 1e6) * 1000,
        "monotonic": monotonic,
        "monotonic_ns": lambda: round(monotonic() * 1e6) * 1000,
        "clock_gettime": clock_gettime,
        "clock_gettime_ns": lambda which, /: round(clock_gettime(which) * 1e6) * 1000,
        "gmtime": lambda seconds=None, /: REAL.gmtime(now(seconds)),
        "localtime": lambda seconds=None, /: REAL.localtime(now(seconds)),
        "ctime": lambda seconds=None, /: REAL.ctime(now(seconds)),
        "asctime": lambda when=None, /: REAL.asctime(when or REAL.localtime(clock.time())),
        "strftime": lambda form, when=None, /: REAL.strftime(form, when or REAL.localtime(clock.time())),
    }
    return {name: Plain(name, function) for name, function in functions.items() if hasattr(REAL, name)}


def _dates(clock: Clock) -> Mapping[str, type]:
    """Return a `datetime` and a `date` that know the run's time, and of which every real one is an instance."""
    real_datetime, real_date = datetime.datetime, datetime.date

    class Meta(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, REALS[cls]) if cls in REALS else super().__instancecheck__(value)

        def __subclasscheck__(cls, kind: type) -> bool:
            return issubclass(kind, REALS[cls]) if cls in REALS else super().__subclasscheck__(kind)

    class Date(datetime.date, metaclass=Meta):
        @classmethod
        def today(cls) -> Date:
            """Return the run's day, here."""
            return cls.fromtimestamp(clock.time())

    class DateTime(datetime.datetime, metaclass=Meta):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> DateTime:
            """Return the run's time."""
            return cls.fromtimestamp(clock.time(), tz)

        @classmethod
        def utcnow(cls) -> DateTime:
            """Return the run's time in UTC, without saying so."""
            return cls.fromtimestamp(clock.time(), datetime.timezone.utc).replace(tzinfo=None)  # noqa: UP017 - for 3.8

        @classmethod
        def today(cls) -> DateTime:
            """Return the run's time here."""
            return cls.fromtimestamp(clock.time())

    REALS = {Date: real_date, DateTime: real_datetime}
    for mine, real in REALS.items():
        mine.__name__ = mine.__qualname__ = real.__name__
        mine.__module__ = "datetime"
    return {"datetime": DateTime, "date": Date}


def _keep_real(module: types.ModuleType, patched: Mapping[str, Callable[..., object]]) -> None:
    """Give a module the time of the wall, under whatever names it has it."""
    functions = {id(function): name for name, function in patched.items()}
    for name, value in list(vars(module).items()):
        if value is time:
            setattr(module, name, REAL)
        elif id(value) in functions:
            setattr(module, name, getattr(REAL, functions[id(value)]))


class _Finder:
    """Patches modules as soon as they are imported."""

    def __init__(self, clock: Clock, patched: Mapping[str, Callable[..., object]]) -> None:
        self._clock, self._patched = clock, patched

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ANN401 - as it is called
        """Return how such a module is loaded; None for all others."""
        if name not in WAITING and name != "asyncio.tasks":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def loaded(module: types.ModuleType) -> None:
            load(module)
            if name == "asyncio.tasks":
                _patch_asyncio(module, self._clock)
            else:
                _keep_real(module, self._patched)

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec


def _patch_asyncio(tasks: Any, clock: Clock) -> None:  # noqa: ANN401 - the module asyncio.tasks
    """Let coroutines sleep as threads do; timeouts of connections stay real."""
    from weakref import WeakKeyDictionary

    real_sleep, numbers = tasks.sleep, itertools.count()
    asleep: Any = WeakKeyDictionary()
    """By loop, who sleeps, and the timer that will wake the first of them."""

    def wake_first(loop: Any) -> None:  # noqa: ANN401 - whatever loop there is
        waiting, _ = asleep[loop]
        while waiting:
            until, _, future = heapq.heappop(waiting)
            if not future.done():
                try:
                    clock.wake(until)
                except OSError as error:  # for whoever sleeps, who would sleep for ever
                    future.set_exception(error)
                else:
                    future.set_result(None)
                break
        soon(loop)

    def soon(loop: Any) -> None:  # noqa: ANN401 - whatever loop there is
        waiting, timer = asleep.setdefault(loop, ([], None))
        if timer is not None:
            timer.cancel()
        asleep[loop] = waiting, loop.call_later(IDLE_S, wake_first, loop) if waiting else None

    async def sleep(delay: float, result: object = None) -> object:
        """Let simulated time pass."""
        if not delay > 0:
            return await real_sleep(0, result)
        loop = tasks.events.get_running_loop()
        future = loop.create_future()
        heapq.heappush(asleep.setdefault(loop, ([], None))[0], (clock.now_s() + delay, next(numbers), future))
        soon(loop)
        await future
        return result

    tasks.sleep = sleep


def next_sitecustomize(folder: str) -> None:
    """Run the `sitecustomize` that would have run without ours, if there is one."""
    from importlib.util import module_from_spec

    others = [each for each in sys.path if os.path.abspath(each) != os.path.abspath(folder)]  # noqa: PTH100
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)
