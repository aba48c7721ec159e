from django.urls import path

from nintei.people import portal

app_name = "people"
urlpatterns = [path("my/profile", portal.profile, name="profile")]
