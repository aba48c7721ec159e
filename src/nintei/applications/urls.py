from django.urls import path

from nintei.applications import office, portal, portal_answers, portal_papers, portal_renewal, public

app_name = "applications"
urlpatterns = [
    path("check", public.check, name="eligibility"),
    path("check/take", public.take, name="take"),
    path("my/apply/<str:qualification>", portal.apply, name="apply"),
    path("my/apply/<str:qualification>/pledge", portal.pledge, name="pledge"),
    path("my/apply/<str:qualification>/check", portal.check, name="check"),
    path("my/apply/<str:qualification>/withdraw", portal.withdraw, name="withdraw"),
    path("my/apply/<str:qualification>/forms.pdf", portal_papers.forms, name="forms"),
    path("my/apply/<str:qualification>/everything.zip", portal_papers.everything, name="everything"),
    path("my/answers/<uuid:pk>", portal_answers.answer, name="answer"),
    path("my/answers/<uuid:pk>/send", portal_answers.send_again, name="send_again"),
    path("my/answers/files/<int:pk>", portal_answers.answer_file, name="answer_file"),
    path("my/answers/files/<int:pk>/remove", portal_answers.remove_answer_file, name="remove_answer_file"),
    path("my/renew", portal_renewal.renew, name="renew"),
    path("office/applications", office.queue, name="queue"),
    path("office/applications/<uuid:pk>", office.case, name="case"),
]
