"""Settings, urls, the home pages and the command line: where the rooms meet.

Holds no rule and no business verb.
"""
