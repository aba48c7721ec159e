"""The hallway: the clock, refusals, wording, the page frame, files taken in once.

No table of its own but the stored file's content store; knows no other room.
"""
