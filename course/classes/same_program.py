"""Is a cluster there, and would it grade as this program does?

CourseError
├── NotInstalled   there is no dask.distributed
└── NoCluster      there is no scheduler, it has no workers, they are of another version, or all went away
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from course.classes.code import Code, code
from course.errors import CourseError, one_line

if TYPE_CHECKING:
    from distributed import Client

COMPARING_S = 60.0
"""How long workers may take to say what they are: they have to read the program first, and may be busy."""
MUST_MATCH = ("distributed", "dask", "msgpack", "cloudpickle")
"""What client, scheduler and workers speak with each other."""


class NotInstalled(CourseError):
    """The extra is missing."""

    def __init__(self) -> None:
        super().__init__("A cluster needs mlcourse[cluster]; install it with: pip install 'mlcourse[cluster]'")


class NoCluster(CourseError):
    """There is nobody to work."""


def compare_scheduler(address: str, patience_s: float) -> None:
    """Raise NoCluster unless a scheduler answers that speaks as we do.

    A client is only begun when that is known: one that nobody answers goes on trying, whatever patience it is given.
    """
    where = one_line(address)[:80]
    try:
        scheduler, packages = asyncio.run(asyncio.wait_for(_asked(address), patience_s))
    except OSError as error:  # TimeoutError is one
        raise NoCluster(
            f"No scheduler answers at {where} within {patience_s:g} s. Start one with: dask scheduler, "
            "and give the address that it prints."
        ) from error
    except Exception as error:  # whoever listens there may answer anything
        raise NoCluster(
            f"{where} is no address of a scheduler ({one_line(error)[:120]}). One looks like tcp://10.0.0.1:8786."
        ) from error
    if scheduler != "Scheduler":
        raise NoCluster(f"At {where} a {one_line(scheduler)[:20].lower()} answers, and no scheduler.")
    _refuse_others(f"The scheduler at {where}", packages)


async def _asked(address: str) -> tuple[str, dict[str, str | None]]:
    """Return what answers, and the versions of its packages."""
    from distributed.core import rpc

    async with rpc(address) as scheduler:
        identity = await scheduler.identity()
        versions = await scheduler.versions(packages=[])
    return str(identity["type"]), versions["packages"]


def _refuse_others(who: str, theirs: dict[str, str | None]) -> None:
    from distributed.versions import get_versions

    ours = get_versions()["packages"]
    for package in MUST_MATCH:
        if theirs.get(package) != ours.get(package):
            raise NoCluster(
                f"{who} has {package} {one_line(theirs.get(package))[:20]}, and this program {ours.get(package)}. "
                "Install the same version on both."
            )


def compare_workers(client: Client, address: str, patience_s: float) -> None:
    """Raise NoCluster unless there are workers, and all of them would do the same as this program."""
    where = one_line(address)[:80]
    try:
        client.wait_for_workers(1, timeout=patience_s)
    except TimeoutError as error:
        raise NoCluster(lonely(where, patience_s)) from error
    from distributed.versions import get_versions

    try:
        versions = client.run(get_versions, callback_timeout=COMPARING_S)
        codes = client.run(code, on_error="return", callback_timeout=COMPARING_S)
    except OSError as error:
        raise NoCluster(f"The workers of {where} do not say within {COMPARING_S:g} s what they are.") from error
    for worker, theirs in versions.items():
        _refuse_others(f"The worker {worker} of {where}", theirs["packages"])
    for worker, said in codes.items():
        refuse_other_code(f"The worker {worker} of {where}", said)


def refuse_other_code(who: str, said: object) -> None:
    """Raise NoCluster unless a worker said that it has this program's code."""
    if not isinstance(said, Code):  # what was raised, or how Dask writes that down
        raise NoCluster(
            f"{who} cannot read mlcourse ({one_line(said)[:120]}). "
            f"Install {code().mlcourse} there, where the worker runs."
        )
    if said != code():
        raise NoCluster(f"{who} has {said.told()}, and this program {code().told()}. Install the same version on both.")


def lonely(where: str, patience_s: float) -> str:
    """Say that there are no workers."""
    return (
        f"The scheduler at {where} has had no worker for {patience_s:g} s. "
        f"Start some with: dask worker {where} --nthreads 1"
    )
