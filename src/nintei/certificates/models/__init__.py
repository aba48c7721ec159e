"""Certificates (認定証): what was meant to be printed and signed, and what was; where states stand in the lists."""

from nintei.certificates.models.links import ShareLink
from nintei.certificates.models.papers import Certificate, StatusPlace
from nintei.certificates.models.passports import BroughtPassport, Passport, PassportPart
from nintei.certificates.models.posts import Again, Envelope, Posting, PostingStep, Print, Sheet, Way

__all__ = [
    "Again",
    "BroughtPassport",
    "Certificate",
    "Envelope",
    "Passport",
    "PassportPart",
    "Posting",
    "PostingStep",
    "Print",
    "ShareLink",
    "Sheet",
    "StatusPlace",
    "Way",
]
