from django.apps import AppConfig


class ExperienceConfig(AppConfig):
    name = "nintei.experience"
    label = "experience"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from nintei.experience import refusals  # noqa: F401  declares the sentences
        from nintei.experience.traces import on_sign_in

        user_logged_in.connect(on_sign_in, dispatch_uid="experience.trace")
