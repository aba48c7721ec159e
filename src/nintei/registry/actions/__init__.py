"""The only writers of passes, certifications, validity, cases and consent. The kernel gives the days."""

from nintei.registry.actions.cases import (
    Told,
    ask_case,
    decide_case,
    propose_case,
    withdraw_case,
)
from nintei.registry.actions.certifying import certify, renew
from nintei.registry.actions.changing import file_renewal, refuse_renewal, revoke, withdraw_renewal
from nintei.registry.actions.copies import check_copy, hand_in_copy
from nintei.registry.actions.holders import HolderImport, import_holders, preview_holders
from nintei.registry.actions.reports import (
    Import,
    claim_by_email,
    claim_report,
    import_passes,
    preview_passes,
)
from nintei.registry.actions.sharing import (
    Entered,
    consent,
    end_employer,
    enter_employer,
    renew_token,
    share_with,
    stop_sharing,
)

__all__ = [
    "Entered",
    "HolderImport",
    "Import",
    "Told",
    "ask_case",
    "certify",
    "check_copy",
    "claim_by_email",
    "claim_report",
    "consent",
    "decide_case",
    "end_employer",
    "enter_employer",
    "file_renewal",
    "hand_in_copy",
    "import_holders",
    "import_passes",
    "preview_holders",
    "preview_passes",
    "propose_case",
    "refuse_renewal",
    "renew",
    "renew_token",
    "revoke",
    "share_with",
    "stop_sharing",
    "withdraw_case",
    "withdraw_renewal",
]
