"""Audits (監査): the draw, the checking of evidence, the consequences.

A frame (母集団) of filed renewals is committed to the journal; the seed becomes known later, and is public; the
published script draws again what was drawn. The audited holder answers line by line, an auditor marks each
line, another person decides. Doors: `portal` (the holder), `office`, `public` (anyone).
Must never re-roll a draw, subtract points instead of reckoning again, or let somebody check a file in which
they have a conflict of interest. What the association has not set is unset, and then nothing is drawn.
"""
