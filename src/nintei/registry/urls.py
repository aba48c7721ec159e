from django.urls import path

from nintei.registry import office, portal, public

app_name = "registry"
urlpatterns = [
    path("verify", public.ask, name="ask"),
    path("verify/<str:number>", public.answer, name="answer"),
    path("my/passes", portal.passes, name="passes"),
    path("office/registry", office.index, name="office"),
]
