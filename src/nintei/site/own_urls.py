from django.urls import path

from nintei.site import my, office, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("my", my.home, name="my"),
    path("office", office.index, name="office"),
]
