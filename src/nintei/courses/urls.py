from django.urls import path

from nintei.courses import office, portal, public

app_name = "courses"
urlpatterns = [
    path("courses", public.index, name="index"),
    path("courses.csv", public.as_csv, name="csv"),
    path("courses.json", public.as_json, name="json"),
    path("courses.ics", public.as_ics, name="ics"),
    path("courses/<uuid:pk>", public.course, name="course"),
    path("provider", portal.index, name="provider"),
    path("provider/organisation", portal.apply, name="apply"),
    path("provider/organisation/<slug:event>", portal.step, name="provider_step"),
    path("provider/courses/new", portal.new_course, name="new_course"),
    path("provider/courses/<uuid:pk>", portal.course, name="provider_course"),
    path("provider/courses/<uuid:pk>/edit", portal.edit_course, name="edit_course"),
    path("provider/courses/<uuid:pk>/sessions/new", portal.new_session, name="new_session"),
    path("provider/courses/<uuid:pk>/<slug:event>", portal.step, name="course_step"),
    path("provider/sessions/<uuid:pk>", portal.session, name="session"),
    path("provider/sessions/<uuid:pk>/edit", portal.revise, name="revise"),
    path("provider/sessions/<uuid:pk>/roster", portal.drop, name="drop"),
    path("provider/sessions/<uuid:pk>/roster.csv", portal.template, name="template"),
    path("provider/sessions/<uuid:pk>/codes", portal.issue, name="issue"),
    path("provider/sessions/<uuid:pk>/codes/<int:day>.pdf", portal.codes_sheet, name="codes_sheet"),
    path("provider/sessions/<uuid:pk>/codes/<int:day>/screen", portal.screen, name="screen"),
    path("provider/rosters/<uuid:pk>", portal.progress, name="roster"),
    path("provider/rosters/<uuid:pk>/confirm", portal.confirm, name="confirm"),
    path("provider/rosters/<uuid:pk>/leave", portal.leave, name="leave"),
    path("provider/attendances/<uuid:pk>", portal.correct, name="correct"),
    path("provider/tokens", portal.tokens, name="tokens"),
    path("provider/tokens/new", portal.new_token, name="new_token"),
    path("provider/tokens/<uuid:pk>/end", portal.end_token, name="end_token"),
    path("office/courses", office.index, name="office"),
    path("office/courses/new", office.host, name="host"),
    path("office/courses/<uuid:pk>", office.course, name="office_course"),
    path("office/courses/providers/<uuid:pk>", office.provider, name="office_provider"),
    path("office/courses/corrections/<uuid:pk>", office.correction, name="correction"),
]
