"""The only writers of passes, certifications and validity. The kernel gives the days."""

from nintei.registry.actions.certifying import (
    certify,
    file_renewal,
    refuse_renewal,
    renew,
    revoke,
    show_name,
    withdraw_renewal,
)
from nintei.registry.actions.copies import check_copy, hand_in_copy
from nintei.registry.actions.reports import (
    Import,
    claim_by_email,
    claim_report,
    import_passes,
    preview_passes,
)

__all__ = [
    "Import",
    "certify",
    "check_copy",
    "claim_by_email",
    "claim_report",
    "file_renewal",
    "hand_in_copy",
    "import_passes",
    "preview_passes",
    "refuse_renewal",
    "renew",
    "revoke",
    "show_name",
    "withdraw_renewal",
]
