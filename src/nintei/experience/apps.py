from django.apps import AppConfig


class ExperienceConfig(AppConfig):
    name = "nintei.experience"
    label = "experience"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.experience import refusals  # noqa: F401  declares the sentences
