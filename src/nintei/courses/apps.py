from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "nintei.courses"
    label = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.courses import refusals  # noqa: F401
