"""The question bank: questions kept apart from modules, by theme and in versions, to be used in several of them.

A **question** of the bank has a number and versions, which never change. A module **uses** it: its draft
holds a copy under a key of its own, and the use remembers where that came from. Which version a copy is, is
read off what it says, so that undoing and going back in the history need nothing here. What belongs to a
module alone (its key, pool, form, whether it is reserved) is no part of a version.
"""
