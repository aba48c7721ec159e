"""THE KERNEL: what the rule documents say, and what follows from it.

Pure functions over frozen records; standard library only, exact arithmetic (`int` and `Fraction`,
never `float`), and the day is always passed in. Answers are findings with the clause they rest on,
never bare booleans. What the documents leave unsaid is `Unset`: whatever needs it refuses.

Must never: read a clock, open a database, import a third party or another room.
"""
