from django.urls import path

from nintei.applications import office, portal, portal_renewal, public

app_name = "applications"
urlpatterns = [
    path("check", public.check, name="eligibility"),
    path("check/take", public.take, name="take"),
    path("my/apply/<str:qualification>", portal.apply, name="apply"),
    path("my/apply/<str:qualification>/pledge", portal.pledge, name="pledge"),
    path("my/apply/<str:qualification>/check", portal.check, name="check"),
    path("my/apply/<str:qualification>/withdraw", portal.withdraw, name="withdraw"),
    path("my/renew", portal_renewal.renew, name="renew"),
    path("office/applications", office.queue, name="queue"),
    path("office/applications/<uuid:pk>", office.case, name="case"),
]
