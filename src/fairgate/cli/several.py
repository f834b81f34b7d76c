"""Options that take several values: `--case kind risk` says the same as `--case kind --case risk`."""

import click


class Several(click.Command):
    """After FILE, words that follow an option which may be repeated are more values of it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        several = {
            name for one in self.params if isinstance(one, click.Option) and one.multiple for name in one.opts
        }
        single = {
            name
            for one in self.params
            if isinstance(one, click.Option) and not one.multiple and not one.is_flag
            for name in one.opts
        }
        return super().parse_args(ctx, spelt_out(args, several, single))


def spelt_out(args: list[str], several: set[str], single: set[str]) -> list[str]:
    """The same arguments with every option repeated for each of its values."""
    spelt: list[str] = []
    option, values, file_seen = "", 0, False
    for word in args:
        if word.startswith("-") and word != "-":
            option, values = word, 0
            spelt.append(word)
        elif option in several and values == 0:
            values = 1
            spelt.append(word)
        elif option in several and file_seen:
            spelt += [option, word]
        elif option in single and values == 0:
            values = 1
            spelt.append(word)
        else:
            file_seen = True
            spelt.append(word)
    return spelt
