"""The consumers of the APIs leave the app of the figures; their tables keep their names and rows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('stats', '0003_exposition'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='ApiKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=120, unique=True, verbose_name='consommateur')),
                        ('prefix', models.CharField(db_index=True, editable=False, max_length=8, verbose_name='début de la clé')),
                        ('hash', models.CharField(editable=False, max_length=64)),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créée le')),
                        ('last_used_on', models.DateField(editable=False, null=True, verbose_name='dernier appel')),
                    ],
                    options={
                        'db_table': 'stats_apikey',
                        'verbose_name': 'clé d’API',
                        'verbose_name_plural': 'clés d’API',
                        'ordering': ['label'],
                    },
                ),
                migrations.CreateModel(
                    name='ApiUser',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('username', models.CharField(max_length=150, unique=True, verbose_name='identifiant')),
                        ('password', models.CharField(max_length=255, verbose_name='mot de passe')),
                        ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('last_used_on', models.DateField(editable=False, null=True, verbose_name='dernier appel')),
                    ],
                    options={
                        'db_table': 'stats_apiuser',
                        'verbose_name': 'utilisateur de l’API',
                        'verbose_name_plural': 'utilisateurs de l’API',
                        'ordering': ['username'],
                    },
                ),
                migrations.CreateModel(
                    name='UsageDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('consumer', models.CharField(blank=True, max_length=150, verbose_name='consommateur')),
                        ('route', models.CharField(max_length=40, verbose_name='route')),
                        ('code', models.CharField(blank=True, max_length=20, verbose_name='certification')),
                        ('school', models.CharField(blank=True, max_length=8, verbose_name='UAI')),
                        ('region', models.CharField(blank=True, max_length=2, verbose_name='région')),
                        ('status', models.PositiveSmallIntegerField(verbose_name='réponse')),
                        ('day', models.DateField(verbose_name='jour')),
                        ('count', models.PositiveIntegerField(default=0, verbose_name='appels')),
                    ],
                    options={
                        'db_table': 'stats_usageday',
                        'verbose_name': 'appels d’une journée',
                        'verbose_name_plural': 'appels par jour',
                        'ordering': ['-day', 'consumer', 'route'],
                        'constraints': [models.UniqueConstraint(fields=('day', 'consumer', 'route', 'code', 'school', 'region', 'status'), name='one_usage_day')],
                    },
                ),
            ],
        ),
    ]
