from django.urls import path

from nintei.site import office, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("my", public.my, name="my"),
    path("office", office.index, name="office"),
]
