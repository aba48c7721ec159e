from datetime import datetime

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "nintei.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.registry.signals import status_changed

        status_changed.connect(_hear, dispatch_uid="certificates")


def _hear(sender: object, *, term: object, at: datetime, by: str, **_: object) -> None:
    """A new term means a new certificate, any other change new lists: both in the same transaction."""
    from nintei.certificates.actions import intend, publish_soon
    from nintei.registry.models import Term

    if isinstance(term, Term):
        intend(by=by, term=term, at=at)
    else:
        publish_soon(by=by)
