from django.urls import path

from nintei.applications import (
    office,
    office_group,
    office_paper,
    office_rulings,
    portal,
    portal_appeal,
    portal_group,
    portal_renewal,
    public,
)

app_name = "applications"
urlpatterns = [
    path("check", public.check, name="eligibility"),
    path("check/take", public.take, name="take"),
    path("my/apply/<str:qualification>", portal.apply, name="apply"),
    path("my/apply/<str:qualification>/pledge", portal.pledge, name="pledge"),
    path("my/apply/<str:qualification>/check", portal.check, name="check"),
    path("my/apply/<str:qualification>/withdraw", portal.withdraw, name="withdraw"),
    path("my/renew", portal_renewal.renew, name="renew"),
    path("my/appeal/<uuid:pk>", portal_appeal.appeal, name="appeal"),
    path("my/appeal/papers/<uuid:pk>", portal_appeal.file, name="appeal_file"),
    path("group", portal_group.index, name="groups"),
    path("group/join/<str:token>", portal_group.join, name="join"),
    path("group/consent/<uuid:pk>", portal_group.agree, name="agree"),
    path("group/<uuid:pk>", portal_group.organisation, name="organisation"),
    path("group/<uuid:pk>/rosters/<uuid:roster>", portal_group.roster, name="roster"),
    path("office/organisations", office_group.organisations, name="organisations"),
    path("office/organisations/contacts/<int:pk>/end", office_group.end_contact, name="end_contact"),
    path("office/paper", office_paper.index, name="paper_list"),
    path("office/paper/new", office_paper.key_in, name="paper_new"),
    path("office/paper/<uuid:pk>", office_paper.case, name="paper"),
    path("office/paper/scans/<uuid:pk>", office_paper.scan, name="scan"),
    path("office/pledge", office_rulings.pledge_texts, name="pledge_texts"),
    path("office/applications/<uuid:pk>/reopen", office_rulings.reopen, name="reopen"),
    path("office/applications", office.queue, name="queue"),
    path("office/applications/<uuid:pk>", office.case, name="case"),
]
