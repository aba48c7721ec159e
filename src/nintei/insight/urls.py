from django.urls import path

from nintei.insight import office, public

app_name = "insight"
urlpatterns = [
    path("scorecard", public.scorecard, name="scorecard"),
    path("scorecard.csv", public.scorecard_csv, name="scorecard_csv"),
    path("office/insight", office.index, name="office"),
]
