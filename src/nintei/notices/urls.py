from django.urls import path

from nintei.notices import office

app_name = "notices"
urlpatterns = [
    path("office/letters", office.letters, name="letters"),
    path("office/letters/<uuid:pk>.pdf", office.printed, name="printed"),
    path("office/letters/<uuid:pk>/posted", office.post, name="post"),
]
