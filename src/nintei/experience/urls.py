from django.urls import path

from nintei.experience import office, office_paper, portal, portal_asking, portal_claims, public

app_name = "experience"
MINE = "my/experience/<str:qualification>"
FILE = "office/experience/<uuid:person>"
urlpatterns = [
    path("attest/<str:token>", public.attest, name="attest"),
    path("attest/<str:token>/keep", public.keep, name="keep"),
    path("attest/<str:token>/paper", public.paper, name="paper"),
    path("attest/<str:token>/others", public.send_box, name="send_box"),
    path("attest/box/<str:secret>", public.box, name="box"),
    path(f"{MINE}/post", portal.add_post, name="add_post"),
    path(f"{MINE}/post/<uuid:post>", portal.change_post, name="change_post"),
    path(f"{MINE}/post/<uuid:post>/remove", portal.remove_post, name="remove_post"),
    path(f"{MINE}/post/<uuid:post>/leaves", portal_claims.leaves, name="leaves"),
    path(f"{MINE}/post/keep", portal.keep_post, name="keep_post"),
    path(f"{MINE}/attestors", portal_asking.attestors, name="attestors"),
    path(f"{MINE}/attestors/<uuid:asked>/remind", portal_asking.remind, name="remind"),
    path(f"{MINE}/attestors/<uuid:asked>/replace", portal_asking.replace, name="replace"),
    path(f"{MINE}/attestors/<uuid:asked>/withdraw", portal_asking.withdraw, name="withdraw"),
    path(f"{MINE}/attestors/<uuid:asked>/form-c", portal_asking.form_c, name="form_c"),
    path(f"{MINE}/substitution", portal_claims.substitution, name="substitution"),
    path(
        f"{MINE}/substitution/<uuid:claim>/remove",
        portal_claims.remove_substitution,
        name="remove_substitution",
    ),
    path("my/experience/evidence/<uuid:file>", portal_claims.own_evidence, name="own_evidence"),
    path("office/experience/paper", office_paper.find, name="paper_find"),
    path("office/experience/paper/<str:code>", office_paper.entry, name="paper_entry"),
    path("office/experience/scan/<uuid:scan>/<int:page>", office_paper.scan, name="scan"),
    path("office/experience/evidence/<uuid:file>/<int:page>", office.evidence, name="evidence"),
    path("office/experience/drawn/<uuid:drawn>", office.drawn, name="drawn"),
    path(FILE, office.file, name="file"),
    path(f"{FILE}/asked/<uuid:asked>/remind", office.remind, name="office_remind"),
    path(f"{FILE}/asked/<uuid:asked>/replace", office.replace, name="office_replace"),
    path(f"{FILE}/asked/<uuid:asked>/withdraw", office.withdraw, name="office_withdraw"),
    path(f"{FILE}/substitution/<uuid:claim>", office.grant, name="grant"),
]
