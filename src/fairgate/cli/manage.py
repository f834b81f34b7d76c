"""`fairgate manage`: Django's own commands, for those who know them."""

import click


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Django's own commands (migrate, shell, …)."""
    from fairgate.cli import django_app

    django_app.start()

    from django.core.management import execute_from_command_line

    execute_from_command_line(["fairgate manage", *arguments])
