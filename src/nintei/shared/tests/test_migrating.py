"""The tables of a room in one step: the same as one after the other, but rendered once."""

from __future__ import annotations

from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from nintei.shared.migrating import CreateModels

SHELF = CreateModel("Shelf", [("id", models.AutoField(primary_key=True))], {"constraints": []})
BOOK = CreateModel(
    "Book",
    [
        ("id", models.AutoField(primary_key=True)),
        ("shelf", models.ForeignKey("shared.shelf", models.PROTECT)),
    ],
)


def test_many_tables_at_once_are_the_same_tables(db):
    both, one_by_one, nothing = ProjectState(), ProjectState(), ProjectState()
    step = CreateModels([SHELF, BOOK])
    step.state_forwards("shared", both)
    for single in (SHELF, BOOK):
        single.state_forwards("shared", one_by_one)
    assert (both.models, step.describe()) == (one_by_one.models, "Create Shelf, Book")
    with connection.schema_editor() as editor:
        step.database_forwards("shared", editor, nothing, both)
    assert {"shared_shelf", "shared_book"} <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        step.database_backwards("shared", editor, both, nothing)
    assert not {"shared_shelf", "shared_book"} & set(connection.introspection.table_names())


def test_a_rendered_state_is_rendered_again_only_when_it_is_asked_for():
    state = ProjectState()
    rendered = state.apps
    CreateModels([SHELF, BOOK]).state_forwards("shared", state)
    assert "apps" not in vars(state)
    assert state.apps is not rendered
    assert {model.__name__ for model in state.apps.get_models()} == {"Shelf", "Book"}
