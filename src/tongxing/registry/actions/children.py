"""Everything a person may do with one child's record, under one name.

Each action takes keywords only, runs in one transaction, and leaves an event in it.
"""

from tongxing.registry.actions.correcting import confirm, correct
from tongxing.registry.actions.hukou import change_hukou
from tongxing.registry.actions.keeping import ask_for_help, close, lose_contact, reopen, verify
from tongxing.registry.actions.moving import date_stay, move, note_absence
from tongxing.registry.actions.registering import register
from tongxing.registry.actions.revealing import reveal
from tongxing.registry.actions.standings import note_standings
from tongxing.registry.values.standings import Standing

__all__ = [
    "Standing",
    "ask_for_help",
    "change_hukou",
    "close",
    "confirm",
    "correct",
    "date_stay",
    "lose_contact",
    "move",
    "note_absence",
    "note_standings",
    "register",
    "reopen",
    "reveal",
    "verify",
]
