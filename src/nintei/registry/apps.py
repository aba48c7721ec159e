from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "nintei.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from nintei.registry import refusals  # noqa: F401  (declares its sentences)

        user_logged_in.connect(_signed_in, dispatch_uid="registry")


def _signed_in(sender: object, *, user: object, **_: object) -> None:
    """Whoever signs in by a code mailed to an address has shown it to be theirs: so are its reports."""
    from nintei.people.models import Person
    from nintei.registry.actions import claim_by_email
    from nintei.shared.clock import now

    if isinstance(user, Person):
        claim_by_email(by=user.by, person=user, at=now())
