"""Promise P14: the map of what is kept about people has a class for every field of every model."""

import tomllib

from django.apps import apps
from django.db import models
from django.db.models import Model

from nintei.people import datamap
from nintei.people.models import Person


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("nintei.")]


def test_every_field_of_every_model_has_one_class():
    """A new field: say in people/datamap.toml what it is, and with that what becomes of it at an erasure."""
    told = tomllib.loads(datamap.FILE.read_text("utf-8"))
    assert datamap.faults(ours(), told) == []
    keys = {*datamap.CLASSES, "of", "subject", "internal", "files", "by_hash", "by_key"}
    assert {key for entry in told.values() for key in entry} - keys == set()


def test_a_field_without_a_class_or_with_two_and_a_name_of_nothing_would_be_found():
    """The control."""
    told = {
        "people.OnceKey": {"link": ["digest", "gone"], "words": ["at"], "record": ["at"]},
        "people.Nobody": {},
    }
    once = [model for model in ours() if model._meta.label == "people.OnceKey"]
    assert datamap.faults(once, told) == [
        "people.OnceKey.answer has no class",
        "people.OnceKey.gone is no field",
        "people.OnceKey.at has two classes",
        "people.Nobody is no model",
    ]


def test_whatever_has_a_key_to_a_person_named_so_belongs_to_somebody():
    """Only keys called `person` say whose a row is; the map follows each of them."""
    keyed = {
        model._meta.label
        for model in ours()
        for each in model._meta.concrete_fields
        if each.name == "person" and isinstance(each, models.ForeignKey) and each.related_model is Person
    }
    for table in datamap.personal():
        assert str(table.rows([Person()]).query)
    assert keyed - {table.label for table in datamap.personal()} == set()
