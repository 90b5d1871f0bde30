"""What `mlcourse serve` takes: an answer over the socket, the time until it is ready, the memory of a long day."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter

from course.serving.server import serving
from course.serving.session import Session, begun
from tests.engine.rollouts import OF_BOTH, errors_alarm, world

ASKED, HOURS, RATE = 300, (6, 12, 24), 100.0
WORLD = Path(__file__).parents[2] / "docs" / "replay" / "world.yaml"
READY = """
import sys
from course.cli import main

sys.exit(main(["serve", sys.argv[1], "--json", "--", sys.executable, "-S", "-c", ""]))
"""


def answered_s() -> float:
    """Return the median time of a DescribeEndpoint on a connection that is kept."""
    with serving(Session(begun(world(), 1))) as url, _connected(url) as connection:
        return median([_described_s(connection) for _ in range(ASKED + 1)][1:])


def ready_s() -> tuple[float, float]:
    """Return the seconds of the wall and of a processor until the program says that it is ready."""
    began = perf_counter()
    with subprocess.Popen([sys.executable, "-c", READY, str(WORLD)], stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        program.stderr.readline()
        wall_s, stat = perf_counter() - began, Path(f"/proc/{program.pid}/schedstat")
        cpu_s = int(stat.read_text().split()[0]) / 1e9 if stat.exists() else wall_s
        program.communicate()
    return wall_s, cpu_s


def memory_mb() -> dict[int, float]:
    """Return the memory of a fresh process after so many simulated hours at 100 requests a second, with an alarm on
    percentiles, and two questions a minute."""
    command = [sys.executable, "-m", "tests.bench.serving"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {int(hour): mb for hour, mb in json.loads(done.stdout).items()}


def _here() -> Iterator[tuple[int, float]]:
    alarms = (errors_alarm(dimensions=OF_BOTH), errors_alarm("slow", stat="p99", dimensions=OF_BOTH))
    session = Session(begun(world(rate=RATE, alarms=alarms), 1))
    with serving(session) as url, _connected(url) as connection:
        for hour in HOURS:
            while session.moment().t < hour * 3600:
                session.advance(30.0)
                _described_s(connection)
            yield hour, _resident_mb()


@contextmanager
def _connected(url: str) -> Iterator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", int(url.rpartition(":")[2]))
    try:
        yield connection
    finally:
        connection.close()


def _described_s(connection: HTTPConnection) -> float:
    began = perf_counter()
    headers = {"X-Amz-Target": "SageMaker.DescribeEndpoint", "Content-Type": "application/x-amz-json-1.1"}
    connection.request("POST", "/", b'{"EndpointName": "churn"}', headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200
    return perf_counter() - began


def _resident_mb() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(dict(_here())))
