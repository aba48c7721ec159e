"""Work history, and the attestors who vouch for it by a mailed link.

Must never judge: the kernel's findings do, and people decide.
"""
