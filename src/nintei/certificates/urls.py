from django.urls import path

from nintei.certificates import portal

app_name = "certificates"
urlpatterns = [
    path("my/certificates", portal.index, name="index"),
    path("my/certificates/<uuid:certificate_id>.pdf", portal.download, name="download"),
]
