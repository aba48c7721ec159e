from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "nintei.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nintei.applications import queries, refusals, refusals_renewals  # noqa: F401  declare the sentences
        from nintei.applications.actions.fee_news import on_fee_reopened, on_fee_settled
        from nintei.applications.actions.statement_news import on_attested
        from nintei.experience import queries as experience
        from nintei.experience.signals import attested
        from nintei.payments.signals import fee_reopened, fee_settled

        experience.open_when(queries.has_handed_in)
        attested.connect(on_attested, dispatch_uid="applications.statement_came")
        fee_settled.connect(on_fee_settled, dispatch_uid="applications.accept")
        fee_reopened.connect(on_fee_reopened, dispatch_uid="applications.fee_open_again")
