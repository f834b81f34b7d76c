from django.db import migrations, models

from fairgate.ledger.actions import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', models.TextField(verbose_name='when (UTC)')),
                ('actor_id', models.TextField(verbose_name='who')),
                ('actor_name', models.TextField(verbose_name='name')),
                ('actor_role', models.TextField(verbose_name='role')),
                ('action', models.TextField(verbose_name='what')),
                ('subject_kind', models.TextField(verbose_name='kind of subject')),
                ('subject_id', models.TextField(verbose_name='subject')),
                ('subject_label', models.TextField(verbose_name='name of the subject')),
                ('old', models.TextField(verbose_name='before')),
                ('new', models.TextField(verbose_name='after')),
                ('reason', models.TextField(verbose_name='why')),
                ('anchored', models.BigIntegerField(verbose_name='anchored up to')),
                ('previous', models.TextField(verbose_name='digest of the entry before')),
                ('digest', models.TextField(verbose_name='digest')),
            ],
            options={
                'verbose_name': 'ledger entry',
                'verbose_name_plural': 'ledger entries',
                'ordering': ['sequence'],
            },
        ),
        append_only("ledger.Entry"),
    ]
