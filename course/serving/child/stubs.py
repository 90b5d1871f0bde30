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

TIME = re.compile(r"^\+?((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?)([smhd]?)$")
DAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
OWN_DATE = re.compile(r"\d{4}|\d[-/]\d")
UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
AT_ONCE_S = 0.02
"""Jobs in the background that begin to sleep within so much time of the wall sleep at once."""
OWN_TIME = ("-r", "-s", "-f", "--reference", "--set", "--file", "--help", "--version", "-j", "-v")
"""Options with which `date` is about another time."""


def sleep(clock: Clock, words: list[str]) -> int:
    """Let time pass; 1 for what is no time."""
    seconds = 0.0
    for word in words:
        found = TIME.match(word)
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
        if DAY.search(own) and not OWN_DATE.search(own):  # which the real one forgets beside a date
            sys.stderr.write(f"date: days of the week cannot be asked for here, as in '{own}'; say '+3 days'\n")
            return 1
        for now in _now(clock):
            done = subprocess.run([real, *rest, "-d", f"{own} {now}"], capture_output=True, check=False)
            if done.returncode == 0:  # the day comes last: `Z -5 min` would be a zone
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


def _now(clock: Clock) -> tuple[str, str]:
    """Return the run's time, and its day alone, for what has an hour of its own."""
    now_s = clock.time()
    return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(now_s)), time.strftime("%Y-%m-%d", time.localtime(now_s))


def main() -> int:
    """Do what the first word says."""
    from simulated import Clock  # type: ignore[import-not-found]  # found by its folder

    what, *words = sys.argv[1:]
    try:
        clock = Clock(os.environ["MLCOURSE_CLOCK"], os.environ["MLCOURSE_CLOCK_FILE"])
        return sleep(clock, words) if what == "sleep" else date(clock, words[1:], words[0])
    except (KeyError, FileNotFoundError):
        sys.stderr.write(f"{what}: the run of mlcourse is over, or MLCOURSE_CLOCK was taken out of the environment\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        sys.stderr.write(f"{what}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
