"""The `fairgate` command. Nothing heavy is imported here: `--help` answers at once, Django and numpy come with the
command that needs them."""

from fairgate.cli.commands import main

__all__ = ["main"]
