"""Clusters that are not there, not ready or of another kind are refused in a sentence."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from course.classes.cluster import cluster
from course.classes.same_program import NoCluster, NotInstalled

PATIENCE_S = 0.5


def refused(address):
    with pytest.raises(NoCluster) as raised, cluster(address, PATIENCE_S)():
        pass
    return str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "scheduler",
        "127.0.0.1",  # no port
        "127.0.0.1:x",
        "http://127.0.0.1:80",
        "tls://127.0.0.1:1",  # without certificates
        "inproc://127.0.0.1/1/1",
        "tcp://[:1",
    ],
)
def test_what_is_no_address_is_refused(address):
    said = refused(address)

    assert said.startswith(f"{address} is no address of a scheduler (")
    assert said.endswith("One looks like tcp://10.0.0.1:8786.")


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"

    assert refused(address).startswith(f"No scheduler answers at {address} within 0.5 s.")


def test_a_scheduler_that_does_not_answer_is_not_waited_for():
    """Somebody takes the connection, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"

        assert refused(address).startswith(f"No scheduler answers at {address} within 0.5 s.")


def test_an_address_cannot_speak_to_the_terminal():
    """It is given on the command line, but it may stem from a file."""
    assert "\x1b" not in refused("\x1b[2J" + "x" * 1000)
    assert len(refused("x" * 1000)) < 300


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(NotInstalled, match=r"pip install 'mlcourse\[cluster\]'"), cluster("127.0.0.1:1", 1)():
        pass


def test_who_has_no_cluster_reads_nothing_of_dask():
    """The extra is imported by whoever opens a cluster, and by nobody else."""
    script = "import sys, course.classes.cluster; print('distributed' in sys.modules, 'dask' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False False\n"
