"""CPD activities, their evidence, and the balance the kernel computes from them.

Must never store a counted point outside a frozen claim: points are computed from the lines.
"""
