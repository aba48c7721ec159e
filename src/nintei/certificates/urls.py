from django.urls import path, re_path

from nintei.certificates import office, portal, portal_links, portal_passport, public

app_name = "certificates"
urlpatterns = [
    path("my/certificates", portal.index, name="index"),
    path("my/certificates/<uuid:certificate_id>.pdf", portal.download, name="download"),
    path("my/certificates/<uuid:certificate_id>/badge.<str:kind>", portal.badge, name="badge"),
    path("my/passport", portal_passport.index, name="passport"),
    path("my/passport/<uuid:passport_id>.<str:kind>", portal_passport.download, name="passport_file"),
    path("my/passport/<uuid:passport_id>/delete", portal_passport.delete, name="passport_delete"),
    path("my/passport/bring", portal_passport.bring, name="passport_bring"),
    path("my/certificates/passes/<uuid:pk>.pdf", portal.statement, name="statement"),
    path("my/certificates/links", portal_links.links, name="links"),
    path("my/certificates/links/<uuid:pk>/revoke", portal_links.revoke, name="revoke_link"),
    path("share/<str:token>", portal_links.shared, name="shared"),
    path("office/certificates", office.posting, name="posting"),
    path("office/certificates/list.csv", office.posting_csv, name="posting_csv"),
    path("office/certificates/prints/<uuid:pk>", office.printed, name="printed"),
    path("office/certificates/prints/<uuid:pk>.pdf", office.printed_pdf, name="printed_pdf"),
    path("office/certificates/prints/<uuid:pk>/labels.pdf", office.labels_pdf, name="labels_pdf"),
    path("office/certificates/<uuid:pk>", office.paper, name="paper"),
    path("verify/qr", public.qr, name="qr"),
    path("verify/qr-worker.js", public.qr_worker, name="qr_worker"),
    path("verify/file", public.check_file, name="check_file"),
    path("credentials/trust.json", public.published, {"name": "trust.json"}, name="trust"),
    path("credentials/days", public.published, {"name": "days"}, name="days"),
    path(".well-known/did.json", public.published, {"name": "did.json"}, name="did"),
    re_path(
        r"^credentials/status/(?P<purpose>revocation|suspension)/(?P<number>\d{1,4})$",
        public.status_list,
        name="status_list",
    ),
]
