from django.urls import path

from nintei.payments import office, office_payers

app_name = "payments"
urlpatterns = [
    path("office/payments", office.index, name="office"),
    path("office/payments/files/<uuid:pk>", office.preview, name="preview"),
    path("office/payments/files/<uuid:pk>/forget", office.forget, name="forget"),
    path("office/payments/lines/<int:pk>", office.line, name="line"),
    path("office/payments/matches/<uuid:pk>/undo", office.undo, name="undo"),
    path("office/payments/payers", office_payers.index, name="payers"),
    path("office/payments/agreements/<uuid:pk>/end", office_payers.end, name="end_agreement"),
    path("office/payments/payers/<uuid:pk>/forget", office_payers.forget, name="forget_payer"),
]
