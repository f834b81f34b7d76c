"""Closing forgets about what whom was asked; periods that are closed already catch up."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import fairgate.voice.rules.links


def cut(apps: Any, schema_editor: Any) -> None:
    asked = apps.get_model("voice", "Invitation").objects.filter(period__state="closed")
    asked.update(unit=None, decision=None, kind=None, outcome="", supplier=None, asked_on=None)


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="organisation.unit",
            ),
        ),
        migrations.AlterField(
            model_name="invitation", name="asked_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="period",
            name="link_salt",
            field=models.BinaryField(default=b"", max_length=32),
        ),
        migrations.AlterField(
            model_name="period",
            name="link_salt",
            field=models.BinaryField(default=fairgate.voice.rules.links.new_salt, max_length=32),
        ),
        migrations.RunPython(cut, migrations.RunPython.noop),
    ]
