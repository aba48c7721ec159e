from django.urls import path

from nintei.payments import office, office_files, office_payers

app_name = "payments"
urlpatterns = [
    path("office/payments", office.index, name="office"),
    path("office/payments/files/<uuid:pk>", office_files.preview, name="preview"),
    path("office/payments/files/<uuid:pk>/forget", office_files.forget, name="forget"),
    path("office/payments/files/<uuid:pk>/columns", office_files.columns, name="columns"),
    path("office/payments/runs/<uuid:pk>", office_files.run, name="run"),
    path("office/payments/tables", office_files.tables, name="tables"),
    path("office/payments/tables/<uuid:pk>/forget", office_files.forget_table, name="forget_table"),
    path("office/payments/open", office.still_open, name="open"),
    path("office/payments/lines/<int:pk>", office.line, name="line"),
    path("office/payments/matches/<uuid:pk>/undo", office.undo, name="undo"),
    path("office/payments/payers", office_payers.index, name="payers"),
    path("office/payments/agreements/<uuid:pk>/end", office_payers.end, name="end_agreement"),
    path("office/payments/payers/<uuid:pk>/forget", office_payers.forget, name="forget_payer"),
]
