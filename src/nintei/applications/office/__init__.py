"""The office's door: the queues (`queue`), one case (`case`), what is kept beside (`desk`), cases from paper
(`paper`), decisions taken up again and the pledge (`rulings`), organisations (`group`).

Nothing is decided by a machine alone.
"""

from nintei.people.models import Role

DESK = (Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER)
