"""How likely a learner answers a new question of some topic right: what is believed after some first answers."""

from __future__ import annotations
