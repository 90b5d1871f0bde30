"""Our colours: one accent, three states, two fleets. The contrast of each pair is tested."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme


def _scrollbars(background: str, bar: str, active: str) -> dict[str, str]:
    """Scrollbars that keep quiet until they are used."""
    troughs = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    return {
        **dict.fromkeys((*troughs, "scrollbar-corner-color"), background),
        "scrollbar": bar,
        "scrollbar-hover": active,
        "scrollbar-active": active,
    }


DARK = Theme(
    name="mlcourse-dark",
    dark=True,
    background="#14161b",
    surface="#1b1e25",
    panel="#252933",
    foreground="#d9dde6",
    primary="#b9a0f4",
    secondary="#b9a0f4",
    accent="#b9a0f4",
    success="#97d47f",
    warning="#e8c26c",
    error="#f47f83",
    variables=_scrollbars("#14161b", "#3a404d", "#b9a0f4"),
)
LIGHT = Theme(
    name="mlcourse-light",
    dark=False,
    background="#fbfaf7",
    surface="#f2f0eb",
    panel="#e6e3db",
    foreground="#262a32",
    primary="#6237bd",
    secondary="#6237bd",
    accent="#6237bd",
    success="#276a2b",
    warning="#825400",
    error="#b3261e",
    variables=_scrollbars("#fbfaf7", "#c9c5ba", "#6237bd"),
)
ANSI = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="mlcourse-ansi",
    primary="ansi_magenta",
    secondary="ansi_magenta",
    accent="ansi_magenta",
    variables=BUILTIN_THEMES["ansi-dark"].variables | _scrollbars("ansi_default", "ansi_bright_black", "ansi_magenta"),
)
"""The terminal's own sixteen colours."""

OURS = (DARK, LIGHT, ANSI)

_DARK_VARIABLES = {
    "quiet": "#9299a8",
    "hushed": "#9299a8",
    "line": "#3a404d",
    "code": "#d5c6fb",
    "chosen": "#332d47",
    "blue-fleet": "#68aef8",
    "green-fleet": "#4fcb92",
}
_LIGHT_VARIABLES = {
    "quiet": "#5c626d",
    "hushed": "#5c626d",
    "line": "#c9c5ba",
    "code": "#5430a3",
    "chosen": "#ece5fb",
    "blue-fleet": "#1a61af",
    "green-fleet": "#126d52",
}
_ANSI_VARIABLES = {
    "quiet": "ansi_default",
    "hushed": "ansi_default dim",
    "line": "ansi_bright_black",
    "code": "ansi_cyan",
    "chosen": "ansi_default",
    "blue-fleet": "ansi_blue",
    "green-fleet": "ansi_green",
}


def variables(theme: Theme) -> dict[str, str]:
    """Return our own names for colours, in any theme: `quiet` text, thin `line`, `code`, the `chosen` row, the two
    fleets; and `hushed`, the style of quiet words, which may be more than a colour."""
    if theme.ansi:
        return _ANSI_VARIABLES
    return _DARK_VARIABLES if theme.dark else _LIGHT_VARIABLES


def following(name: str) -> str:
    """Return the theme that comes after this one; after a foreign one, our first."""
    names = [theme.name for theme in OURS]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
