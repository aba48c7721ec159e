from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "nintei.audits"
    label = "audits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.audits import refusals  # noqa: F401  declares the sentences
        from nintei.journal.signals import sign_soon_after

        sign_soon_after("audits.seal")
