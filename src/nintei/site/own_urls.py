from django.urls import path

from nintei.applications import portal_renewal
from nintei.site import my, office, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("my", my.home, name="my"),
    path("my/renew", portal_renewal.renew, name="renew"),
    path("office", office.index, name="office"),
]
