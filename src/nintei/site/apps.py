from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "nintei.site"
    label = "site"
