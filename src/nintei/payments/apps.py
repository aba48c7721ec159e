from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "nintei.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.payments import checks, refusals  # noqa: F401
