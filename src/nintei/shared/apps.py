from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "nintei.shared"
    label = "shared"
