"""What a run over the whole population found. A picture of a day, never the truth of a case."""

from __future__ import annotations

import pgtrigger
from django.db import models


class Run(models.Model):
    """One evaluation of everybody on a day, by one edition; unfinished while `finished_at` is empty."""

    as_of = models.DateField()
    edition = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    holders = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)


class Standing(models.Model):
    """Where one certification stood in a run. Points are `units` of which `unit` make one point."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="standings")
    certification = models.ForeignKey("registry.Certification", on_delete=models.PROTECT)
    units = models.PositiveIntegerField()
    unit = models.PositiveSmallIntegerField()
    lines = models.PositiveIntegerField()
    met = models.BooleanField()
    outcome = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "certification"], name="insight_one_standing_a_run")
        ]


class Tally(models.Model):
    """The figures as they stood at a (JST) day: counts, nobody's data. One a day, never changed."""

    day = models.DateField(unique=True)
    figures = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
