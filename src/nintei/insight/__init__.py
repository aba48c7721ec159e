"""The whole population: every balance at once, forecast and what-if.

Reads only; holds no truth of its own.
"""
