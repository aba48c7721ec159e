from django.urls import path

from nintei.site import demo_doors

app_name = "demo"
urlpatterns = [
    path("", demo_doors.index, name="index"),
    path("/become", demo_doors.become, name="become"),
    path("/day", demo_doors.set_day, name="day"),
    path("/mail", demo_doors.mail, name="mail"),
    path("/mail/<uuid:letter>", demo_doors.letter, name="letter"),
    path("/parts", demo_doors.parts, name="parts"),
]
