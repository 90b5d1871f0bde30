"""What is said of an answer: the verdict, or what is missing; and after a wrong first one, what is wrong with it."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import inline
from quiz.questions import Question
from quiz.second_try import told
from quiz.verdict import Verdict


class Banner(Static):
    """The verdict in a line."""

    def __init__(self) -> None:
        super().__init__(classes="banner")

    def say(self, verdict: Verdict | None, sentence: str = "") -> None:
        """Show a verdict; or, without one, a sentence. Nothing of either: it is not there."""
        self.display = bool(verdict or sentence)
        certain = verdict is not None and not verdict.unsure
        sign = signs.CAREFUL if not certain else signs.RIGHT if verdict and verdict.correct else signs.WRONG
        words = inline(verdict.say if verdict else sentence, "bold")
        self.set_classes(f"banner {_state_class(verdict)}")
        self.update(Hanging(Content.assemble(sign.content, " "), words))


class FirstTold(Vertical):
    """What is wrong with a first answer, while it may be given once more."""

    def __init__(self) -> None:
        super().__init__(classes="told")

    def show(self, question: Question, first: Verdict | None) -> str:
        """Show what there is to say; return the sentence that leads to it, empty if there is nothing."""
        sentences = told(question, first) if first else ()
        self.display = bool(sentences)
        self.remove_children()
        if not sentences:
            return ""
        lead = Content.assemble(signs.WRONG.content, " ")
        self.mount(*(Static(Hanging(lead, inline(each))) for each in sentences[1:]))
        return f"Not yet. {sentences[0]} Try once more, or let it be shown."


def _state_class(verdict: Verdict | None) -> str:
    if verdict is None or verdict.unsure:
        return "-careful"
    return "-right" if verdict.correct else "-wrong"
