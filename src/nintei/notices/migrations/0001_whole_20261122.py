import django.db.models.deletion
import nintei.shared.migrating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notices', '0001_whole')]

    initial = True

    dependencies = [
        ('people', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=200, unique=True)),
                        ('to_email', models.EmailField(blank=True, max_length=254)),
                        ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(max_length=2)),
                        ('template', models.CharField(max_length=80)),
                        ('subject', models.CharField(max_length=200)),
                        ('body', models.TextField()),
                        ('written_at', models.DateTimeField(db_index=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('last_error', models.TextField(blank=True)),
                        ('posted_on', models.DateField(blank=True, null=True)),
                        ('posted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_email', ''), _negated=True), models.Q(('sent_at', None), ('to_person__isnull', False)), _connector='OR'), name='notices_paper_has_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('posted_by', None), ('posted_on', None)), models.Q(('posted_by__isnull', False), ('to_email', '')), _connector='OR'), name='notices_posted_on_paper')],
                    },
                ),
            ],
        ),
    ]
