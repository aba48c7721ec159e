from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nintei.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.notices import refusals  # noqa: F401  declares its sentences
