from django.urls import path

from nintei.ledger import portal, portal_attend, public

app_name = "ledger"
urlpatterns = [
    path("attend/<str:token>", portal_attend.attend, name="attend"),
    path("check/cpd", public.check, name="check"),
    path("my/cpd", portal.index, name="index"),
    path("my/cpd/new", portal.new, name="new"),
    path("my/cpd/preview", portal.preview, name="preview"),
    path("my/cpd/<uuid:key>", portal.line, name="line"),
    path("my/cpd/<uuid:key>/edit", portal.amend, name="amend"),
    path("my/cpd/<uuid:key>/withdraw", portal.withdraw, name="withdraw"),
    path("my/cpd/<uuid:key>/evidence", portal.attach, name="attach"),
    path("my/cpd/evidence/<uuid:key>", portal.file, name="file"),
    path("my/cpd/evidence/<uuid:key>/remove", portal.remove, name="remove"),
]
