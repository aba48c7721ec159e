from datetime import datetime
from typing import Any

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "nintei.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.applications.queries import lanes
        from nintei.certificates import checks, refusals  # noqa: F401  (declare themselves)
        from nintei.certificates.posting.queries import waiting
        from nintei.journal.signals import sign_soon_after
        from nintei.registry.signals import reissue_granted, status_changed

        lanes.also_show("certificates:posting", waiting)
        sign_soon_after("certificates.intend", "certificates.intend_passport")
        status_changed.connect(_hear, dispatch_uid="certificates")
        reissue_granted.connect(_hear_of_a_copy, dispatch_uid="certificates.copy")


def _hear(sender: object, *, certification: Any, term: object, at: datetime, by: str, **_: object) -> None:
    """A new term means a new certificate, any other change new lists: both in the same transaction.

    Of one that was ended nobody is left who shows it.
    """
    from nintei.certificates.actions import intend, publish_soon
    from nintei.certificates.sharing.actions import revoke_all
    from nintei.registry.models import Footing, Term

    if isinstance(term, Term):
        intend(by=by, term=term, at=at)
    else:
        publish_soon(by=by)
        certification.refresh_from_db(fields=["footing"])
        if certification.footing == Footing.ENDED:
            revoke_all(by=by, certification=certification, at=at)


def _hear_of_a_copy(
    sender: object, *, certification: Any, cause: str, at: datetime, by: str, **_: object
) -> None:
    """A name, a paper or a QR code has to be another: one more copy for the newest validity, once a case."""
    from nintei.certificates.actions import intend
    from nintei.registry.models import Term

    term = Term.objects.filter(certification=certification).order_by("-starts_on").first()
    if term is not None:
        intend(by=by, term=term, at=at, cause=cause)
