"""What stands at the head of a key file, for whoever finds it."""

from fairgate.shared.translations import Translations


def head(period: str, say: Translations) -> list[str]:
    return [
        say.gettext("Fairgate: the private key of the feedback period {period}.").format(period=period),
        say.gettext(
            "Keep this file where neither the server nor its backups are: on a stick in a safe, for instance."
        ),
        say.gettext(
            "Without it nobody can ever read this period's answers. Whoever has it and the database can."
        ),
        say.gettext("When the period is closed, destroy this file and every copy of it."),
    ]
