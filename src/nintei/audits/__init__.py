"""The draw, the checking of evidence, the consequences.

Must never re-roll a draw.
"""
