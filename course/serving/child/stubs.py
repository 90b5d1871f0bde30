"""`sleep` and `date` for shell scripts: run by path, as `stubs.py sleep 1m 30s`, the address in the environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from course.serving.child.simulated import Clock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - few imports

UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
AT_ONCE_S = 0.02
"""Jobs in the background that begin to sleep within so much time of the wall sleep at once."""
OWN_TIME = ("-r", "-s", "-f", "--reference", "--set", "--file", "--help", "--version", "-j", "-v")
"""Options with which `date` is about another time."""


def sleep(clock: Clock, words: list[str]) -> int:
    """Let time pass; 1 for what is no time."""
    seconds = 0.0
    for word in words:
        found = re.match(r"^(\d+\.?\d*|\.\d+)([smhd]?)$", word)
        if not found:
            sys.stderr.write(f"sleep: invalid time interval '{word}'\n")
            return 1
        seconds += float(found.group(1)) * UNITS[found.group(2)]
    if not words:
        sys.stderr.write("sleep: missing operand\n")
        return 1
    until = clock.now_s() + seconds
    time.sleep(AT_ONCE_S)
    clock.wake(until)
    return 0


def date(clock: Clock, words: list[str], real: str) -> int:
    """Ask the real `date`, about the run's time."""
    asked = next((at for at, word in enumerate(words) if word == "-d" or word.startswith(("--date", "-d"))), None)
    if asked is not None:
        own, rest = _asked(words, asked)
        relative = f"{own} {_iso(clock)}"  # the day comes last: `Z -5 min` would be a zone
        done = subprocess.run([real, *rest, "-d", relative], capture_output=True, check=False)
        if done.returncode == 0:
            sys.stdout.buffer.write(done.stdout)
            return 0
        return subprocess.call([real, *words])
    if any(word.startswith(OWN_TIME) for word in words):
        return subprocess.call([real, *words])
    at = ["-r", f"{clock.time():.0f}"] if sys.platform == "darwin" else ["-d", f"@{clock.time():.6f}"]
    return subprocess.call([real, *at, *words])


def _asked(words: list[str], at: int) -> tuple[str, list[str]]:
    """Return the time that is asked about, and the other words."""
    word = words[at]
    if word in ("-d", "--date"):
        return " ".join(words[at + 1 : at + 2]), [*words[:at], *words[at + 2 :]]
    own = word[len("--date=") :] if word.startswith("--date") else word[2:]
    return own, [*words[:at], *words[at + 1 :]]


def _iso(clock: Clock) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(clock.time()))


def main() -> int:
    """Do what the first word says."""
    from simulated import Clock  # type: ignore[import-not-found]  # found by its folder

    clock = Clock(os.environ["MLCOURSE_CLOCK"], os.environ["MLCOURSE_CLOCK_FILE"])
    what, *words = sys.argv[1:]
    try:
        return sleep(clock, words) if what == "sleep" else date(clock, words[1:], words[0])
    except OSError as error:
        sys.stderr.write(f"{what}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
