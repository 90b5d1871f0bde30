"""A Dask cluster of processes of its own: a scheduler at an address, and workers that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"
WITHOUT_MLCOURSE = f"import sys; sys.modules['course'] = None; {WORKER}"
OF_ANOTHER_VERSION = f"import course.classes.code as code; code.PACKAGES = ('quiz',); {WORKER}"


@dataclass
class Cluster:
    """One that runs as long as its block."""

    folder: Path
    begun: ExitStack
    address: str = ""
    scheduler: subprocess.Popen[str] | None = None
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, script: str, until: str, *arguments: str) -> tuple[subprocess.Popen[str], str]:
        """Start a process and return it with the rest of the line of its log that says so much."""
        command = [sys.executable, "-c", script, *arguments, "--no-dashboard"]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_CONFIG": str(self.folder)}
        process = subprocess.Popen(
            command, cwd=self.folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        self.begun.callback(_end, process)
        said = []
        for line in process.stderr:
            said.append(line)
            if until in line:
                return process, line.split(until)[1].strip()
        raise AssertionError("".join(said))

    def add_worker(self, script: str = WORKER, *arguments: str) -> None:
        """Start a worker, and wait until it is registered."""
        where = str(self.folder / f"worker-{len(self.workers)}")
        given = (self.address, "--nthreads", "1", "--local-directory", where, *(arguments or ("--no-nanny",)))
        self.workers.append(self.start(script, "Registered to:", *given)[0])


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    process.stderr.close()


@contextmanager
def running(folder: Path, *workers: tuple[str, ...]) -> Iterator[Cluster]:
    """Give a scheduler on loopback with these workers."""
    with ExitStack() as begun:
        cluster = Cluster(folder, begun)
        cluster.scheduler, cluster.address = cluster.start(
            SCHEDULER, "Scheduler at:", "--host", "127.0.0.1", "--port", "0", "--no-jupyter"
        )
        for worker in workers:
            cluster.add_worker(*worker)
        yield cluster
