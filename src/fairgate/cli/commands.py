"""The list of commands, each loaded when it is called."""

from importlib import import_module

import click

from fairgate import __version__

# name: (module under fairgate.cli, one line of help). Spelt out so that `--help` imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "customers": (
        "customers",
        "Who is my internal customer? Answered from an event log or a table of needs.",
    ),
    "fit": ("fit", "What explains ratings? A cumulative link mixed model of a table of ratings."),
    "score": ("score", "The fair score: treatment of each team as if all had the same cases and decisions."),
    "whatif": ("whatif", "What if nobody checked? Policies compared, with their assumptions."),
    "plan": ("plan", "Feedback: which figures will be publishable when, for how many people?"),
    "demo": ("demo", "Make a demonstration organisation once and serve it."),
    "import": ("import_", "Bring decisions of another system, every night if you like."),
    "invite": ("invite", "Ask for feedback whoever is due, every night."),
    "serve": ("serve", "Serve this installation on a local address."),
    "mail": ("mail", "Send the letters that are due; say how the outbox stands."),
    "verify": ("verify", "Check that the ledger was not altered."),
    "work": ("work", "Run one background job; the server calls this."),
    "manage": ("manage", "Django's own commands (migrate, shell, …)."),
}
HIDDEN = {"work", "manage"}
STOPPED = 130  # what a shell says of a program ended by Ctrl-C


class Lazy(click.Group):
    """A group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if name not in HIDDEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"fairgate.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Ctrl-C ends any command without a traceback, from its first import on."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            raise SystemExit(STOPPED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="fairgate %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Fairgate: for people whose job is sometimes to say no.

    Without a command: the demonstration organisation, made once and served on this machine.
    """
    if context.invoked_subcommand is None:
        context.invoke(main.get_command(context, "demo"))  # type: ignore[arg-type]
