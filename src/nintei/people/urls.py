from django.urls import path

from nintei.people import office, portal

app_name = "people"
urlpatterns = [
    path("my/profile", portal.profile, name="profile"),
    path("my/profile/names/<int:pk>", portal.show_name, name="show_name"),
    path("my/profile/papers/<uuid:pk>", portal.paper, name="paper"),
    path("office/roles", office.roles, name="roles"),
    path("office/roles/<int:pk>/end", office.end_role, name="end_role"),
    path("office/roles/proposals/<uuid:pk>", office.answer, name="answer_role"),
]
