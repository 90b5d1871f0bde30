"""Commands for which time stands still except when they sleep."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from importlib.util import find_spec
from textwrap import dedent
from time import monotonic

import pytest

from course.serving.clocks import Warped
from course.serving.exact import NoSuchCommand, play
from course.serving.session import begun
from engine.plan import Plan
from engine.simulate import simulate
from tests.engine.rollouts import failing, later, update, world

START = 1772442306
"""2026-03-02T09:05:06Z, when the plan of this world would be sent."""
DEPLOY = """
import json, os, time
from time import sleep
from urllib.request import Request, urlopen

def ask(operation, **given):
    headers = {"X-Amz-Target": "SageMaker." + operation}
    return json.load(urlopen(Request(os.environ["AWS_ENDPOINT_URL"], json.dumps(given).encode(), headers), timeout=30))

sleep(90)
ask("UpdateEndpoint", EndpointName="churn", EndpointConfigName="v2")
began = time.monotonic()
while ask("DescribeEndpoint", EndpointName="churn")["EndpointStatus"] == "Updating":
    if time.monotonic() - began > 1800:
        raise SystemExit(4)
    time.sleep(30)
print(time.time())
raise SystemExit(7)
"""
BOTO3 = """
import boto3
client = boto3.client("sagemaker")
client.update_endpoint(EndpointName="churn", EndpointConfigName="v2")
client.get_waiter("endpoint_in_service").wait(EndpointName="churn")
"""
HABITS = """
import asyncio, io, logging, multiprocessing, pickle, threading, time

out = io.StringIO()
logging.basicConfig(stream=out, format="%(asctime)s %(message)s", datefmt="%T")
logging.Formatter.converter = time.gmtime
class Poller:
    nap = time.sleep
Poller().nap(30)
logging.warning("hello")
print(out.getvalue().strip(), pickle.loads(pickle.dumps(time.sleep)) is time.sleep)
print(time.clock_gettime(time.CLOCK_REALTIME) == time.time() if hasattr(time, "clock_gettime") else True)
for wrong in ("5", None, -1, float("nan"), float("inf")):
    try:
        time.sleep(wrong)
    except (TypeError, ValueError, OSError) as error:
        print(type(error).__name__, end=" ")
try:
    asyncio.run(asyncio.sleep(1e12))
except OSError as error:
    print(error)
"""
DATES = """
import asyncio, datetime, threading, time
from datetime import date, datetime as dt, timezone

async def nap(each, times):
    for _ in range(times):
        await asyncio.sleep(each)
    return time.time()

def slept(each, times):
    for _ in range(times):
        time.sleep(each)
    print(each, time.time())

async def naps():
    return await asyncio.gather(nap(10, 3), nap(100, 1))

print(time.time(), time.time_ns() // 10**9, time.gmtime().tm_hour, time.strftime("%M", time.gmtime()))
print(dt.now(timezone.utc).isoformat(), dt.utcnow().isoformat(), date.today() == dt.now().date())
print(isinstance(dt.now(), dt), issubclass(dt, date), isinstance(dt.now() - dt.now(), datetime.timedelta))
print(*asyncio.run(naps()))
threads = [threading.Thread(target=slept, args=args) for args in ((1000, 1), (100, 3))]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(time.time(), threading.Event().wait(0.01))
"""
SHELL = """
date -u +%FT%TZ; sleep 30; date +%s; sleep 1m 0.5s; date -u +%T
date -u -d '-5 min' +%T; date -u --date='1 hour ago' +%T; date -u -d @0 +%F
sleep x; echo $?
sleep 5 & sleep 5 & wait; date -u +%T
"""


def has_ipv6():
    """Can anybody listen on ::1 here?"""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


bash = pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "darwin", reason="needs bash and GNU date")


@pytest.fixture
def played(tmp_path):
    """Run a program against a world; return what became of it, its output and the account."""

    def run(*command, here=None, **more):
        gateway = begun(here or world(), 1)
        with (tmp_path / "out").open("wb") as out:
            done = play(gateway, command, stdout=out, stderr=subprocess.STDOUT, **more)
        return done, (tmp_path / "out").read_text(), gateway.account

    return run


def python(text):
    """Return the command that runs a script."""
    return sys.executable, "-c", dedent(text)


def test_a_deployment(played):
    """Half an hour of sleeping takes a moment, and gives the events of the batch run; the exit code is handed on."""
    here = world(new=failing(0.5))
    done, out, account = played(*python(DEPLOY), here=here)
    run = simulate(here, Plan((later(90.0, update()),)), 1)

    assert (done.code, done.in_time) == (7, True)
    assert done.ended_s == 306 + 90 + 30 * ((run.update_ended_s - 396) // 30 + 1)
    assert float(out) == START - 306 + done.ended_s
    assert list(run.events) == account.live.recorder.events


def test_stock_waiters_of_boto3(played):
    """An unmodified client sleeps for nothing."""
    pytest.importorskip("boto3", reason="boto3 is no dependency; install it to try its waiters")
    done, out, account = played(*python(BOTO3))

    assert (done.code, out) == (0, "")
    assert account.live.first.cloud.endpoint.config_name == "v2"


def test_a_python_program(played):
    """Its clocks are the run's, whoever asks; threads and coroutines that sleep at once wake in their order."""
    _, out, _ = played(*python(DATES))
    lines = out.splitlines()

    assert lines[0] == f"{START}.0 {START} 9 05"
    assert lines[1] == "2026-03-02T09:05:06+00:00 2026-03-02T09:05:06 True"
    assert lines[2] == "True True True"
    assert lines[3] == f"{START + 30}.0 {START + 100}.0"
    assert lines[4:] == [f"100 {START + 400}.0", f"1000 {START + 1100}.0", f"{START + 1100}.0 False"]


def test_habits_of_programs(played):
    """Functions of `time` that classes keep stay functions; what cannot be slept is refused as ever, or told."""
    _, out, _ = played(*python(HABITS))

    assert out.splitlines() == [
        "09:05:36 hello True",
        "True",
        "TypeError TypeError ValueError ValueError OSError the clock of mlcourse did not go on: "
        "A run goes on for 366 days at most; ask for less.",
    ]


@bash
def test_what_date_is_asked(played):
    """An hour without a day is one of the run's day, a whole date its own; a day of the week is no guess."""
    asked = ("12:00", "tomorrow", "Mon, 02 Mar 2020 09:05:06 GMT", "next monday")
    script = "\n".join(f"date -u -d '{each}' '+%F %T'" for each in asked)
    done, out, _ = played("bash", "-c", script)

    assert done.code == 1
    assert out.splitlines()[:3] == ["2026-03-02 12:00:00", "2026-03-03 09:05:06", "2020-03-02 09:05:06"]
    assert "say '+3 days'" in out


@bash
def test_sleep_that_nobody_grants(played):
    """For ever is too long, and without what the environment says there is no clock: a sentence for both."""
    done, out, _ = played("bash", "-c", "sleep 1e1; date +%s; sleep infinity; env -i PATH=$PATH sleep 1")

    assert done.code == 1
    assert out.splitlines()[0] == str(START + 10)
    assert "366 days" in out
    assert "Traceback" not in out and "MLCOURSE_CLOCK" in out


@pytest.mark.skipif(not has_ipv6(), reason="needs an address of IPv6")
def test_an_address_in_brackets(played):
    """The clock is found there too."""
    assert played(*python("import time; time.sleep(5); print(time.time())"), host="::1")[1] == f"{START + 5}.0\n"


@bash
def test_a_shell_script(played):
    """`sleep` and `date` are the run's; two in the background sleep at once, or one after the other."""
    _, out, _ = played("bash", "-c", SHELL)

    *lines, last = out.splitlines()

    assert lines == [
        *("2026-03-02T09:05:06Z", str(START + 30), "09:06:36"),
        *("09:01:36", "08:06:36", "1970-01-01"),
        *("sleep: invalid time interval 'x'", "1"),
    ]
    assert last in ("09:06:41", "09:06:46")


def test_no_real_credentials(played, monkeypatch):
    """What is real about AWS does not reach the command, and neither does a proxy."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_SAGEMAKER", "https_proxy"):
        monkeypatch.setenv(name, "of-mine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-mine")
    script = "import os; print(*(f'{k}={v}' for k, v in os.environ.items()), os.path.expanduser('~/.aws'), sep='\\n')"
    _, out, _ = played(*python(script))

    assert "of-mine" not in out
    assert "AWS_EC2_METADATA_DISABLED=true" in out.splitlines()
    assert "AWS_SECRET_ACCESS_KEY=test" in out.splitlines()


def test_a_sitecustomize_of_ones_own(played, monkeypatch, tmp_path):
    """It runs as well."""
    (tmp_path / "sitecustomize.py").write_text("import builtins; builtins.mine = 'here'")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    _, out, _ = played(*python("import sys, time; print(mine, sys.modules['sitecustomize'].__file__, time.time())"))

    assert out == f"here {tmp_path / 'sitecustomize.py'} {START}.0\n"


def test_modules_in_c_see_the_real_datetime(played):
    """Their classes lie over it byte by byte; the Python that they import meanwhile has the run's time all the same."""
    script = """
    import datetime, sys
    real = {True: set(), False: set()}
    def note(event, args):
        if event == "import" and args[1] or event == "exec" and args[0].co_filename.endswith("secrets.py"):
            real[event == "import"].add(type(datetime.datetime) is type)
    sys.addaudithook(note)
    import numpy.random  # in C, and it imports secrets
    print(real[True], real[False], type(datetime.datetime) is type)
    """

    assert played(*python(script))[1].strip() == "{True} {False} False"


def test_standard_modules_wait_for_what_is_real(played):
    """Time that stands still is no reason to wait for ever."""
    script = """
    import queue, subprocess, sys, time
    began = time.time()
    try:
        queue.Queue().get(timeout=0.01)
    except queue.Empty:
        print("empty")
    print(subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], timeout=30).returncode)
    print(time.time() - began)
    """

    assert played(*python(script))[1].split() == ["empty", "0", "60.0"]


def test_sleeping_beyond_all_runs(played):
    """The program is told, as of any call of the system that fails."""
    done, out, _ = played(*python("import time; time.sleep(1e12)"))

    assert done.code == 1
    assert "A run goes on for 366 days at most" in out


def test_after_the_command(played):
    """Time goes on until the endpoint is busy with nothing, and then as long as is asked for."""
    script = DEPLOY[: DEPLOY.index("began =")]
    done, _, account = played(*python(script), then_for_s=600.0)

    assert done.ended_s == 396.0
    assert not account.live.busy
    assert account.live.now == (account.live.first.control.ended_s - 396) // 60 * 60 + 60 + 396 + 600


def test_a_command_that_is_ended_in_its_sleep(played):
    """Nobody waits for the end of the year that it would have slept."""
    done, _, account = played(*python("import time\nwhile True: time.sleep(86400 * 300)"), at_most_s=0.5)

    assert not done.in_time
    assert account.live.now < 86_400 * 300


def test_a_command_that_takes_too_long(played):
    """It is ended after so much time of the wall, with all that it has started."""
    done, _, _ = played(*python("import threading; threading.Event().wait()"), at_most_s=0.3)

    assert (done.code, done.in_time) == (137, False)


def test_another_clock(played):
    """For programs that nobody can patch: they see the time of the wall, and the run goes faster."""
    done, out, _ = played(*python("import time; print(time.time())"), clock=Warped(60, 306.0, monotonic()))

    assert float(out) > START
    assert done.ended_s > 306.0


def test_no_such_command(played):
    """A sentence says so."""
    with pytest.raises(NoSuchCommand, match="no-such-program cannot be started"):
        played("no-such-program")


def test_the_patches_load_nothing_of_ours():
    """They run in any Python: what they import is in the standard library."""
    names = sys.stdlib_module_names
    folder = find_spec("course.serving.child").submodule_search_locations[0]
    script = f"import sys; sys.path.insert(0, {folder!r}); before = set(sys.modules); import simulated; "
    script += "print(*(set(sys.modules) - before - {'simulated'}))"
    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True)

    assert {name.partition(".")[0] for name in loaded.stdout.split()} <= names
