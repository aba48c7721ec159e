"""Where every address leads. Rooms bring their own."""

urlpatterns: list[object] = []
