from django.urls import path, re_path

from nintei.people import office, office_data, portal, portal_data

app_name = "people"
urlpatterns = [
    path("my/profile", portal.profile, name="profile"),
    path("my/profile/names/<int:pk>", portal.show_name, name="show_name"),
    path("my/profile/papers/<uuid:pk>", portal.paper, name="paper"),
    path("my/data", portal_data.index, name="data"),
    path("my/data/record.zip", portal_data.record, name="record"),
    re_path(r"^my/data/ask/(?P<kind>correct|erase)$", portal_data.ask, name="ask_data"),
    path("office/data", office_data.index, name="office_data"),
    path("office/data/<uuid:pk>", office_data.settle, name="settle_data"),
    path("office/roles", office.roles, name="roles"),
    path("office/roles/<int:pk>/end", office.end_role, name="end_role"),
    path("office/roles/proposals/<uuid:pk>", office.answer, name="answer_role"),
]
