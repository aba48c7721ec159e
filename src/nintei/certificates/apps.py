from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "nintei.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"
