from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "nintei.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.courses import signals
        from nintei.courses.queries import holders as courses
        from nintei.ledger import crediting, holders, recounting

        courses.follow(holders.found)
        signals.attendance_confirmed.connect(crediting.on_attendance)
        signals.accreditation_changed.connect(recounting.on_accreditation_changed)
