import fairgate.shared.clock
import fairgate.work.rules.states
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='task')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('arguments', models.JSONField(verbose_name='arguments')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default=fairgate.work.rules.states.State['WAITING'], max_length=10, verbose_name='state')),
                ('done', models.FloatField(default=0.0, verbose_name='done')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is being done')),
                ('result', models.JSONField(null=True, verbose_name='result')),
                ('problem', models.TextField(blank=True, verbose_name='problem')),
                ('requested_by', models.CharField(max_length=100, verbose_name='asked for by')),
                ('requested_by_name', models.CharField(max_length=200, verbose_name='name')),
                ('made_at', models.DateTimeField(default=fairgate.shared.clock.now, verbose_name='asked for')),
                ('started_at', models.DateTimeField(null=True, verbose_name='begun')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('cancel_asked', models.BooleanField(default=False, verbose_name='to be cancelled')),
                ('done_at', models.CharField(blank=True, max_length=500, verbose_name='where to see it')),
            ],
            options={
                'verbose_name': 'background job',
                'verbose_name_plural': 'background work',
                'ordering': ['-made_at', 'id'],
                'indexes': [models.Index(fields=['state', 'made_at'], name='job_state_made_at')],
            },
        ),
    ]
