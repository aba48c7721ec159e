"""Which application a bank transfer pays for: a rule, never a guess (MAN-ウ④.6, AMB-F8).

Pure like the kernel: records in, a `Match` out; no framework, no database. The manual asks payers to
write the last four digits of the pass number before the name. It is a request (お願い), so a transfer
without the digits is not refused; but only number *and* name *and* the exact amount settle a fee
without a person. Everything else is a suggestion with its reasons and a score. Four digits collide among
a thousand applicants, so digits alone are never enough.
"""

from nintei.payments.matching.matcher import Matcher, match
from nintei.payments.matching.names import (
    BANK_NAME_WIDTH,
    bank_width,
    company_key,
    is_company,
    is_cut_off,
    normalise,
    plain,
    unvoiced,
)
from nintei.payments.matching.records import (
    BulkAgreement,
    Deposit,
    Match,
    OpenApplication,
    Payer,
    Reason,
    Status,
)

__all__ = [
    "BANK_NAME_WIDTH",
    "BulkAgreement",
    "Deposit",
    "Match",
    "Matcher",
    "OpenApplication",
    "Payer",
    "Reason",
    "Status",
    "bank_width",
    "company_key",
    "is_company",
    "is_cut_off",
    "match",
    "normalise",
    "plain",
    "unvoiced",
]
