from django.urls import path

from nintei.payments import office

app_name = "payments"
urlpatterns = [
    path("office/payments", office.index, name="office"),
    path("office/payments/files/<uuid:pk>", office.preview, name="preview"),
    path("office/payments/files/<uuid:pk>/forget", office.forget, name="forget"),
    path("office/payments/lines/<int:pk>", office.line, name="line"),
    path("office/payments/matches/<uuid:pk>/undo", office.undo, name="undo"),
]
