from django.apps import AppConfig


class ExperienceConfig(AppConfig):
    name = "nintei.experience"
    label = "experience"
    default_auto_field = "django.db.models.BigAutoField"
