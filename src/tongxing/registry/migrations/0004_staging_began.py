import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_standings")]

    operations = [
        migrations.AddField(
            model_name="rosterbatch",
            name="staging_began_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["created_at"], name="child_by_entry"
            ),
        ),
    ]
