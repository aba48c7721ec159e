from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "nintei.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.registry import refusals  # noqa: F401  (declares its sentences)
