from django.urls import path

from nintei.courses import public

app_name = "courses"
urlpatterns = [path("courses", public.index, name="index")]
