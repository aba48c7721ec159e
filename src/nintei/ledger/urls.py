from django.urls import path

from nintei.ledger import office, portal, portal_attend, portal_bring, portal_drafts, public

app_name = "ledger"
urlpatterns = [
    path("office/evidence", office.evidence, name="office_evidence"),
    path("office/evidence/<uuid:key>/<int:page>", office.page, name="office_page"),
    path("office/windows", office.windows, name="windows"),
    path("office/windows/<uuid:key>/end", office.end_window, name="end_window"),
    path("app.webmanifest", portal_drafts.manifest, name="manifest"),
    path("attend/<str:token>", portal_attend.attend, name="attend"),
    path("check/cpd", public.check, name="check"),
    path("my/cpd", portal.index, name="index"),
    path("my/cpd/new", portal.new, name="new"),
    path("my/cpd/preview", portal.preview, name="preview"),
    path("my/cpd/bring", portal_bring.bring, name="bring"),
    path("my/cpd/what-if", portal_bring.what_if, name="what_if"),
    path("my/cpd/from-file", portal_drafts.from_file, name="from_file"),
    path("my/cpd/share", portal_drafts.share, name="share"),
    path("my/cpd/drafts/<uuid:key>/drop", portal_drafts.drop, name="drop"),
    path("my/cpd/drafts/<uuid:key>/<uuid:file>/<int:page>", portal_drafts.picture, name="draft_picture"),
    path("my/cpd/<uuid:key>", portal.line, name="line"),
    path("my/cpd/<uuid:key>/edit", portal.amend, name="amend"),
    path("my/cpd/<uuid:key>/withdraw", portal.withdraw, name="withdraw"),
    path("my/cpd/<uuid:key>/same/<uuid:other>", portal.tie, name="tie"),
    path("my/cpd/<uuid:key>/use", portal.use, name="use"),
    path("my/cpd/<uuid:key>/evidence", portal.attach, name="attach"),
    path("my/cpd/evidence/<uuid:key>", portal.file, name="file"),
    path("my/cpd/evidence/<uuid:key>/remove", portal.remove, name="remove"),
]
