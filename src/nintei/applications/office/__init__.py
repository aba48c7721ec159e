"""The office's door: the queues (`queue`), one case (`case`), and what is kept beside (`desk`).

Nothing is decided by a machine alone.
"""

from nintei.people.models import Role

DESK = (Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER)
