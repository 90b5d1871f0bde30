"""`mlcourse serve` and `mlcourse clock`, from the line that is typed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from socket import create_connection
from urllib.request import Request, urlopen

import pytest

from course.serving.clocks import FASTEST
from course.serving.server import serving
from course.serving.session import Session, begun
from engine.requests.sagemaker import CreateEndpoint
from tests.course.cli.conftest import LAB
from tests.engine.rollouts import world

WORLD = str(Path(__file__).parents[4] / "docs" / "replay" / "world.yaml")
CLI = "import sys; from course.cli import main; sys.exit(main(sys.argv[1:]))"

UPDATE = b'{"EndpointName": "xgb", "EndpointConfigName": "xgb-v2"}'
SCRIPT = """
import json, os, time
from urllib.request import Request, urlopen

def ask(operation, **given):
    headers = {"X-Amz-Target": "SageMaker." + operation}
    return json.load(urlopen(Request(os.environ["AWS_ENDPOINT_URL"], json.dumps(given).encode(), headers)))

time.sleep(60)
ask("UpdateEndpoint", EndpointName="churn", EndpointConfigName="churn-v2")
print(ask("DescribeEndpoint", EndpointName="churn")["EndpointStatus"])
raise SystemExit(3)
"""
SHIFT = """
import json, os, time
from urllib.request import Request, urlopen

def ask(operation, **given):
    headers = {"X-Amz-Target": "SageMaker." + operation}
    return json.load(urlopen(Request(os.environ["AWS_ENDPOINT_URL"], json.dumps(given).encode(), headers)))

[endpoint] = ask("ListEndpoints")["Endpoints"]
while (now := ask("DescribeEndpoint", EndpointName=endpoint["EndpointName"]))["EndpointStatus"] != "InService":
    time.sleep(30)
[lost] = {"arrivals-v1", "arrivals-v2"} - {now["EndpointConfigName"]}
ask("DeleteEndpointConfig", EndpointConfigName=lost)
"""
HUNG = (
    SCRIPT[: SCRIPT.index("print")]
    + """
import signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
print("sent", flush=True)
signal.pause()
"""
)


@pytest.fixture
def server(home, request):
    """Start `mlcourse serve` as a program of its own; ended after the test."""
    started = []
    environment = {**os.environ, "PYTHONPATH": str(request.config.rootpath)}

    def start(*words, home=None, **more):
        command = [sys.executable, "-c", CLI, "serve", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
        moved = {} if home is None else {"MLCOURSE_HOME": home}
        started.append(subprocess.Popen(command, env=environment | moved, **pipes))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()
        each.stdout.close()
        each.stderr.close()


def test_serve_until_ctrl_c(server, mlcourse):
    """One line is there to paste; what happens follows; Ctrl-C ends it with a sentence."""
    running = server(WORLD, "--port", "0", "--by-hand")
    ready, export = running.stdout.readline(), running.stdout.readline()
    [port] = re.findall(
        r"^export AWS_ENDPOINT_URL=http://127\.0\.0\.1:(\d+) AWS_ACCESS_KEY_ID=test .* AWS_REGION=us-east-1$", export
    )
    moved = mlcourse("clock", "+5m", "--port", port)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)

    assert ready.startswith(f"Ready at http://127.0.0.1:{port}; it is 2024-03-21T15:58:06+00:00 there.")
    assert (moved.code, moved.out) == (0, "10:06 into the run (2024-03-21T16:03:06+00:00), xgb is InService.\n")
    assert (running.returncode, err) == (0, "")
    assert out == (
        "After 10:06 of simulated time: no-update, InService on xgb-v1; 0 requests to change something came in.\n"
    )


def test_signs_of_strangers(server):
    """What a client calls its request is shown, and commands nothing of a terminal."""
    running = server(WORLD, "--port", "0", "--by-hand")
    [port] = re.findall(r":(\d+);", running.stdout.readline())
    with create_connection(("127.0.0.1", int(port))) as client:
        client.sendall(b"GET /\x1b[31m\x9b1m HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert client.recv(100)
    running.send_signal(signal.SIGINT)

    assert "> GET /\\x1b[31m\\x9b1m 404\n" in running.communicate(timeout=30)[0]


def test_ctrl_c_more_than_once(server):
    """What was sent is kept, and said, however impatient somebody is."""
    running = server(WORLD, "--port", "0", "--by-hand")
    [port] = re.findall(r":(\d+);", running.stdout.readline())
    send_update(port)
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
        running.send_signal(number)

    assert "What was sent is a plan: " in running.communicate(timeout=30)[0]


def test_a_reader_that_goes_away(server):
    """A server whose lines nobody reads any more ends, also where it has nothing to say."""
    running = server(WORLD, "--port", "0", "--by-hand")
    assert running.stdout.readline()
    running.stdout.close()

    assert running.wait(timeout=30) == 0


def test_a_plan_that_cannot_be_kept(server, tmp_path):
    """It is printed."""
    (tmp_path / "file").touch()
    running = server(WORLD, "--port", "0", "--by-hand", home=str(tmp_path / "file"))
    [port] = re.findall(r":(\d+);", running.stdout.readline())
    send_update(port)
    running.send_signal(signal.SIGINT)
    err = running.communicate(timeout=30)[1]

    assert err.startswith("What was sent could not be kept as a plan, so here it is: ")
    assert '\nUpdateEndpoint:\n  EndpointName: "xgb"\n  EndpointConfigName: "xgb-v2"\n' in err


def send_update(port):
    """Have the endpoint updated."""
    headers = {"X-Amz-Target": "SageMaker.UpdateEndpoint"}
    urlopen(Request(f"http://127.0.0.1:{port}", UPDATE, headers)).read()


def test_serve_a_command(server, mlcourse):
    """Its output is on stdout, and nothing else; its exit code is handed on; what was sent is a plan."""
    running = server("--lab", LAB, "--release", "2", "--json", "--", sys.executable, "-c", SCRIPT)
    out, err = running.communicate(timeout=60)
    first, *told, last = [json.loads(line) for line in err.splitlines()]
    requests = [(each["t"], each["operation"], each["status"]) for each in told if each["kind"] == "request"]

    assert (running.returncode, out) == (3, "Updating\n")
    assert (first["kind"], first["t"], first["environment"]["AWS_ACCESS_KEY_ID"]) == ("ready", 306.0, "test")
    assert requests == [(366.0, "UpdateEndpoint", 200), (366.0, "DescribeEndpoint", 200)]
    assert next(each["what"] for each in told if each["kind"] == "event") == "UpdateEndpoint"
    assert (last["kind"], last["outcome"], last["code"], last["sent"]) == ("ended", "promoted", 3, 1)
    assert mlcourse("lab", "run", LAB, last["plan"], "--release", "2").out.count("UpdateEndpoint to churn-v2") == 1


def test_ctrl_c_while_a_command_runs(server):
    """It reaches the command as well; what was sent until then is kept, and the exit code is that of shells."""
    running = server("--lab", LAB, "--", sys.executable, "-c", HUNG, start_new_session=True)
    assert running.stdout.readline() == "sent\n"
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)

    assert (running.returncode, out) == (130, "")
    assert "The command ended with exit code 130." in err
    assert "1 request to change something came in.\nWhat was sent is a plan: " in err
    assert "Traceback" not in err


def test_a_plan_with_a_name(mlcourse, tmp_path):
    """It is written where it is asked for, and never over another one; without a request there is none."""
    run = ["serve", "--lab", LAB, "--plan", "mine.yaml", "--", sys.executable, "-c"]
    nothing, sent, again = (mlcourse(*run, script) for script in ("", SCRIPT, SCRIPT))

    assert (nothing.code, "plan" in nothing.err) == (0, False)
    assert f"What was sent is a plan: mine.yaml; mlcourse lab grade {LAB} mine.yaml grades it.\n" in sent.err
    assert "60" in (tmp_path / "mine.yaml").read_text()
    assert (again.code, "mine.yaml is there already" in again.err) == (2, True)


@pytest.mark.parametrize(
    "words, say",
    [
        ([], "name what is to be served"),
        ([WORLD, "--lab", LAB], "name what is to be served"),
        (["none.yaml"], "none.yaml"),
        ([WORLD, "--release", "1"], "--lab"),
        (["--lab", "nothing"], "there is no lab 'nothing'"),
        (["--lab", LAB, "--release", "9"], "has no release '9'; it has 3, numbered from 1"),
        ([WORLD, "--then-for", "5m"], "-- COMMAND"),
        ([WORLD, "--then-for", "soon", "--", "true"], "30s"),
        ([WORLD, "--by-hand", "--", "true"], "leave out --by-hand"),
        ([WORLD, "--", "no-such-program"], "no-such-program cannot be started"),
        ([WORLD, "--"], "name a command after the --"),
        ([WORLD, "--", ""], "a program without a name cannot be started"),
        ([WORLD, "--host", ""], "must be a name or an address"),
        (["--lab", LAB, "--release", ""], "has no release ''"),
        ([WORLD, "--plan", "no-folder/mine.yaml"], "there is no folder no-folder"),
        ([WORLD, "--speed", "0"], f"from 1 to {FASTEST}"),
        ([WORLD, "--port", "70000"], "65535"),
    ],
)
def test_what_cannot_be_served(mlcourse, words, say):
    """A sentence and exit code 2."""
    found = mlcourse("serve", *words)

    assert found.code == 2
    assert say in found.err
    assert "Traceback" not in found.err


@pytest.fixture
def address():
    """A port behind which time stands still."""
    session = Session(begun(world(), 1))
    with serving(session) as url:
        yield session, url.rpartition(":")[2]


def test_a_port_in_use(mlcourse, address):
    """The sentence says what to do."""
    found = mlcourse("serve", WORLD, "--port", address[1])

    assert found.code == 2
    assert f"cannot listen on 127.0.0.1, port {address[1]}" in found.err
    assert "--port 0" in found.err


def test_a_host_that_others_reach(mlcourse, address):
    """Whoever asks for it is warned."""
    found = mlcourse("serve", WORLD, "--host", "0.0.0.0", "--", sys.executable, "-c", "")

    assert found.code == 0
    assert found.err.startswith("Whoever reaches this machine can use the address")


def test_the_clock(mlcourse, address):
    """It is shown, moved, and moved until the endpoint is in a state; JSON has the same."""
    session, port = address

    def clock(*words):
        return mlcourse("clock", *words, "--port", port)

    assert clock().out == "5:06 into the run (2026-03-02T09:05:06+00:00), churn is InService.\n"
    assert clock("+30s", "--json").json == {
        "t": 336.0,
        "time": "2026-03-02T09:05:36+00:00",
        "endpoint": "churn",
        "status": "InService",
        "others": {},
        "busy": False,
        "over": False,
        "ends_s": 366 * 86_400.0,
    }
    assert clock("+1h30m").code == 0
    assert session.moment().t == 336.0 + 5400
    assert clock("until", "inservice").code == 0
    assert session.moment().t == 336.0 + 5400


def test_the_clock_of_several_endpoints(mlcourse, address):
    """Each is told of, and one of them may be waited for."""
    session, port = address
    session.account.live.submit(CreateEndpoint(endpoint_name="second", endpoint_config_name="v1"))

    def clock(*words):
        return mlcourse("clock", *words, "--port", port)

    assert clock().out.endswith("churn is InService, second is Creating.\n")
    assert clock("until", "InService", "--endpoint", "second").out.endswith("second is InService.\n")
    assert session.moment().t > 306.0
    assert clock("until", "Absent", "--endpoint", "third").out.endswith("third is Absent.\n")


def test_a_status_that_does_not_come(mlcourse, address):
    """A day is waited for it, then it is found wanting."""
    found = mlcourse("clock", "until", "Failed", "--port", address[1])

    assert found.code == 1
    assert address[0].moment().t == 306.0 + 86_400


@pytest.mark.parametrize(
    "words, say",
    [
        (["-5m"], "a clock does not go back, as -5m would have it"),
        (["5m"], "'5m' is no way to move a clock"),
        (["+soon"], "is no way to move a clock"),
        (["until", "Later"], "there is no status 'Later'"),
        (["+400d"], "a run goes on for 366 days at most"),
    ],
)
def test_what_no_clock_does(mlcourse, address, words, say):
    """A sentence and exit code 2, and nothing has moved."""
    found = mlcourse("clock", *words, "--port", address[1])

    assert (found.code, address[0].moment().t) == (2, 306.0)
    assert say in found.err


def test_nobody_serves(mlcourse, address):
    """The sentence says what to start."""
    from socket import create_server

    with create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    found = mlcourse("clock", "--port", port)

    assert found.code == 2
    assert "start mlcourse serve" in found.err


def test_words_after_the_dashes_are_the_commands():
    """Also those that look like ours."""
    from course.cli import _parser

    parser, _ = _parser()
    options = parser.parse_args(["serve", "w.yaml", "--port", "1", "--", "x", "--port", "2", "--", "y"])

    assert (options.world, options.port, options.apart) == ("w.yaml", 1, ["x", "--port", "2", "--", "y"])


def test_an_incident_with_ones_own_script(mlcourse, tmp_path):
    """A colleague's update is on its way; the script waits, looks who serves, and deletes what lost. The line that is
    printed grades it."""
    plan = tmp_path / "shift.yaml"
    served = mlcourse("serve", "--incident", "silent-rollback", "--plan", str(plan), "--", sys.executable, "-c", SHIFT)
    [words] = re.findall(r"; mlcourse (incident grade .*) grades it\.$", served.err, re.MULTILINE)

    assert served.code == 0
    assert "rolled-back, InService on arrivals-v1; 1 request to change something came in." in served.err
    assert mlcourse(*words.split(), "--no-record").code == 0
    assert "--incident" in mlcourse("serve", "--incident", "silent-rollback", "--lab", LAB).err
