"""Whether the database puts names in the order of their characters, as SQLite does, whatever the language of the machine."""

from django.core.checks import CheckMessage, Warning
from django.db import DEFAULT_DB_ALIAS, connection

# Languages put "a" before "Z"; characters are the other way round.
COMPARED = "SELECT 'a' > 'Z'"


def order_of_names(databases: list[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """The warning of a PostgreSQL database made with another locale than C: `migrate` shows it, before the first list does."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(COMPARED)
        [is_by_character] = cursor.fetchone()
    if is_by_character:
        return []
    return [
        Warning(
            "La base range les noms selon une langue : les listes n’y sont pas dans le même ordre qu’ailleurs.",
            hint="Créez-la de locale C.UTF-8 (docs/exploitation.md).",
            id="portail.W001",
        )
    ]
