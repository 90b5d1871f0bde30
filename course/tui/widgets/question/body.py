"""What the bodies of all kinds of question have in common."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var

from quiz.questions import Answer
from quiz.verdict import Verdict


class Body(Vertical, inherit_bindings=False):
    """Where the answer is given, and where afterwards each part of it is explained."""

    @dataclass
    class Drafted(Message):
        """The answer was changed; it has not been checked."""

        answer: Answer | None
        """None while there is nothing that could be checked."""

    verdict: var[Verdict | None] = var[Verdict | None](None)
    """None while the learner is still thinking."""

    missing = "Give an answer first."
    """What to say if there is nothing to check."""

    @property
    def answer(self) -> Answer | None:
        """The answer as it stands."""
        raise NotImplementedError

    def ask(self) -> None:
        """Take the focus."""
        self.focus()

    def drafted(self) -> None:
        """Tell that the answer was changed."""
        self.post_message(self.Drafted(self.answer))
