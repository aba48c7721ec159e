from django.urls import path

from nintei.applications import portal, portal_renewal, public
from nintei.applications.office import case, desk, queue

app_name = "applications"
urlpatterns = [
    path("check", public.check, name="eligibility"),
    path("check/take", public.take, name="take"),
    path("my/apply/<str:qualification>", portal.apply, name="apply"),
    path("my/apply/<str:qualification>/pledge", portal.pledge, name="pledge"),
    path("my/apply/<str:qualification>/check", portal.check, name="check"),
    path("my/apply/<str:qualification>/withdraw", portal.withdraw, name="withdraw"),
    path("my/renew", portal_renewal.renew, name="renew"),
    path("office/applications", queue.queue, name="queue"),
    path("office/applications/many", queue.many, name="many"),
    path("office/applications/keep", queue.keep, name="keep"),
    path("office/applications/overrides", desk.overrides, name="overrides"),
    path("office/applications/levels", desk.levels, name="levels"),
    path("office/applications/<uuid:pk>", case.case, name="case"),
    path("office/applications/<uuid:pk>/files/<str:sha256>/<int:page>", desk.picture, name="picture"),
    path("office/applications/<uuid:pk>/replay", desk.replay, name="replay"),
]
