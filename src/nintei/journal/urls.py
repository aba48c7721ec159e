from django.urls import path

from nintei.journal import public

app_name = "journal"
urlpatterns = [path("journal/", public.index, name="index")]
# Files have one address, whatever the language (tlog-tiles): outside the pages' prefixes.
FILES = [
    path("journal/checkpoint", public.checkpoint, name="journal_checkpoint"),
    path("journal/checkpoint/<int:size>", public.earlier, name="journal_earlier"),
    path("journal/keys", public.public_keys, name="journal_keys"),
    path("journal/check.py", public.script, name="journal_script"),
    path("journal/tile/<path:place>", public.tile, name="journal_tile"),
]
