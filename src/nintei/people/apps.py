from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nintei.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.people import checks, queries, refusals  # noqa: F401
        from nintei.shared import clock

        clock.follow(queries.demo_day)
