from django.urls import path

from nintei.audits import office, portal, public

app_name = "audits"
urlpatterns = [
    path("audits", public.index, name="index"),
    path("audits/draw.py", public.script, name="script"),
    path("audits/<int:number>/frame.json", public.frame, name="frame"),
    path("audits/<int:number>-<int:ordinal>", public.draw, name="draw"),
    path("audits/<int:number>-<int:ordinal>/commitment.json", public.commitment, name="commitment"),
    path("my/audits", portal.index, name="mine"),
    path("my/audits/<uuid:pk>", portal.audit, name="audit"),
    path("my/audits/<uuid:pk>/lines/<int:ordinal>", portal.line, name="line"),
    path("my/audits/<uuid:pk>/send", portal.send, name="send"),
    path("my/audits/<uuid:pk>/plead", portal.plead, name="plead"),
    path("my/audits/<uuid:pk>/appeal", portal.appeal, name="appeal"),
    path("my/audits/<uuid:pk>/papers/<str:sha256>", portal.paper, name="paper"),
    path("my/audits/files/<uuid:pk>/remove", portal.remove, name="remove"),
    path("office/audits", office.index, name="office"),
    path("office/audits/terms", office.terms, name="terms"),
    path("office/audits/terms/<int:number>/answer", office.answer_terms, name="answer_terms"),
    path("office/audits/papers", office.papers, name="papers"),
    path("office/audits/draws/new", office.new_draw, name="new_draw"),
    path("office/audits/draws/<int:number>-<int:ordinal>", office.draw, name="office_draw"),
    path("office/audits/draws/<int:number>/again", office.again, name="again"),
    path("office/audits/<uuid:pk>", office.audit, name="case"),
    path("office/audits/<uuid:pk>/lines/<int:ordinal>", office.line, name="mark"),
    path("office/audits/<uuid:pk>/papers/<str:sha256>/<int:page>.png", office.picture, name="picture"),
    path("office/audits/<uuid:pk>/papers/<str:sha256>", office.paper, name="office_paper"),
]
