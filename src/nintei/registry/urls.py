from django.urls import path

from nintei.registry import office, office_people, portal, public

app_name = "registry"
urlpatterns = [
    path("verify", public.ask, name="ask"),
    path("verify/<str:number>", public.ask, name="answer"),
    path("my/passes", portal.passes, name="passes"),
    path("my/passes/copies/<uuid:pk>", portal.copy, name="copy"),
    path("office/registry", office.index, name="office"),
    path("office/checks", office_people.checks, name="checks"),
    path("office/checks/names/<int:pk>", office_people.check_name, name="check_name"),
    path("office/checks/copies/<uuid:pk>", office_people.check_copy, name="check_copy"),
    path("office/twins", office_people.twins, name="twins"),
    path("office/twins/merge", office_people.merge, name="merge"),
    path("office/twins/<uuid:pk>", office_people.merge_step, name="merge_step"),
]
