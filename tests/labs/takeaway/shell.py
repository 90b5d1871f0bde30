"""A strict reader of the shell scripts that are taken home: what it does not know, it refuses."""

from __future__ import annotations

import re
import shlex

from engine.aws.takeaway.cli import NEWEST

HEAD = re.compile(r"if (! )?(.+); then")
STATE = re.compile(r'\[ "\$\((.+)\)" = (\w+) \]')
METRIC = re.compile(
    r"""newest (\d+) (.+) \| awk '\{ exit !\(\$1 != "" && \$1 != "None" && \$1 (>=|>|<|<=) (\S+)\) \}'"""
)
COMPARED = {">=": float.__ge__, ">": float.__gt__, "<": float.__lt__, "<=": float.__le__}


class Shell:
    """Runs a script line by line: `aws` runs the command, `wait` lets time pass, `now` tells it."""

    def __init__(self, aws, wait, now):
        self.aws, self.wait, self.now = aws, wait, now

    def run(self, script):
        """Run all of a script, in which empty lines stand between the commands."""
        lines = script.removeprefix(NEWEST).replace(" \\\n  ", " ").split("\n")
        sent, inside = True, False
        for line in lines:
            if head := HEAD.fullmatch(line):
                assert not inside
                sent, inside = self._holds(head[2]) == (head[1] is None), True
            elif line == "fi":
                assert inside
                sent, inside = True, False
            elif line.startswith("sleep ") and not inside:
                self.wait(float(line.removeprefix("sleep ")))
            elif line.startswith("aws "):
                if sent:
                    self._command(line)
            else:
                assert line == "", f"a line that is none of ours: {line}"
        assert not inside

    def _holds(self, test):
        """Is a condition met, as `[` and awk find it?"""
        if state := STATE.fullmatch(test):
            return self._command(state[1]).strip() == state[2]
        metric = METRIC.fullmatch(test)
        assert metric, f"a test that is none of ours: {test}"
        value = self._newest(int(metric[1]), *shlex.split(metric[2]))
        return value != "None" and COMPARED[metric[3]](float(value), float(metric[4]))

    def _newest(self, period, queries):
        """Return what the script's own function prints; a shell runs that itself in another test."""
        value = "None"
        for back in range(6):
            end = int(self.now().timestamp()) // 60 * 60 - 60 * back
            where = ["--metric-data-queries", queries, "--start-time", str(end - period), "--end-time", str(end)]
            words = ["--query", "MetricDataResults[0].Values[0]", "--output", "text"]
            value = self.aws(["cloudwatch", "get-metric-data", *where, *words]).strip()
            if value != "None":
                break
        return value

    def _command(self, line):
        """Return what a command prints."""
        words = shlex.split(line)
        assert words[0] == "aws"
        assert not any(sign in word for word in words for sign in ("$(", "`")), words
        return self.aws(words[1:])
