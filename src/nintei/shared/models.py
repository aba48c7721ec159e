"""Columns that rooms share. `shared` keeps no table of its own."""

from __future__ import annotations

from django.db import models

SHOWN_PAGES = 20


class FileColumns(models.Model):
    """A file taken in once (promise P9), named by its content. Mixed into a room's own table."""

    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG")])
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    file_name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @property
    def shown_pages(self) -> range:
        """The pages that are shown as pictures."""
        return range(1, min(self.pages, SHOWN_PAGES) + 1)

    @property
    def more_pages(self) -> int:
        """How many pages are not shown."""
        return max(0, self.pages - SHOWN_PAGES)
