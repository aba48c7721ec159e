from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "nintei.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.payments import refusals  # noqa: F401  declares its sentences
