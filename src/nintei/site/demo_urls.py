from django.urls import path

from nintei.site import demo_doors

app_name = "demo"
urlpatterns = [
    path("demo", demo_doors.index, name="index"),
    path("demo/become", demo_doors.become, name="become"),
    path("demo/day", demo_doors.set_day, name="day"),
    path("demo/mail", demo_doors.mail, name="mail"),
    path("demo/mail/<uuid:letter>", demo_doors.letter, name="letter"),
    path("demo/bank", demo_doors.bank_statement, name="bank"),
    path("demo/parts", demo_doors.parts, name="parts"),
]
