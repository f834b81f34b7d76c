from django.db import migrations, models

from fairgate.ledger.actions import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='SHA-256')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('size', models.BigIntegerField(verbose_name='size in bytes')),
                ('kept_at', models.DateTimeField(verbose_name='kept')),
                ('kept_by', models.TextField(verbose_name='kept by')),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'ordering': ['-kept_at'],
            },
        ),
        append_only("files.StoredFile"),
    ]
