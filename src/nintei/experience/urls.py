from django.urls import path

from nintei.experience import portal, public

app_name = "experience"
urlpatterns = [
    path("attest/<str:token>", public.attest, name="attest"),
    path("my/experience/<str:qualification>/post", portal.add_post, name="add_post"),
    path("my/experience/<str:qualification>/post/<uuid:post>", portal.change_post, name="change_post"),
    path("my/experience/<str:qualification>/post/<uuid:post>/remove", portal.remove_post, name="remove_post"),
    path("my/experience/<str:qualification>/post/keep", portal.keep_post, name="keep_post"),
    path("my/experience/<str:qualification>/attestors", portal.attestors, name="attestors"),
    path("my/experience/<str:qualification>/attestors/<uuid:asked>/remind", portal.remind, name="remind"),
    path(
        "my/experience/<str:qualification>/attestors/<uuid:asked>/withdraw", portal.withdraw, name="withdraw"
    ),
]
