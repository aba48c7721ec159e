from django.urls import path

from nintei.notices import office

app_name = "notices"
urlpatterns = [
    path("office/letters", office.letters, name="letters"),
    path("office/letters/all.pdf", office.printed_all, name="printed_all"),
    path("office/letters/posted", office.post_all, name="post_all"),
    path("office/letters/<uuid:pk>.pdf", office.printed, name="printed"),
    path("office/letters/<uuid:pk>/posted", office.post, name="post"),
]
