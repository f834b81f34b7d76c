"""A list of who is who: names as another system writes them, beside sign-in names. The list is read and forgotten: kept, it
would name everybody whom the records don't."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from fairgate.gate.actions.mapping import AccountsMapped, map_accounts
from fairgate.gate.queries.accounts import Matched, matched
from fairgate.readers.choices import Choices
from fairgate.readers.columns import plain
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problems, listed, quoted
from fairgate.readers.table import Table
from fairgate.shared.actor import Actor

# What people call the two columns; the first that is there is taken.
NAMES = ("name", "person", "nameinthatsystem", "submitter", "requestedby", "requester", "antragsteller")
ACCOUNTS = (
    "signinname",
    "account",
    "username",
    "user",
    "login",
    "loginname",
    "anmeldename",
    "benutzername",
    "konto",
)


def map_from_file(
    *, by: Actor, path: Path, source: str, choices: Choices, dry_run: bool = False
) -> AccountsMapped:
    """Map everybody in the list, or nobody. With ``dry_run`` only what would be: how many names and accounts were found. Raises
    PermissionDenied, and `ReadError` with every problem found."""
    table = read_table(path, choices)
    problems = Problems(path.name)
    name, account = (_column(table, called, problems) for called in (NAMES, ACCOUNTS))
    problems.raise_if_any()
    pairs = _pairs(table, name, account, problems)
    _refuse_unknown(table, (name, account), matched(by, source, pairs), source, problems)
    problems.kept.sort(key=lambda problem: problem.row or 0)
    problems.raise_if_any()
    if dry_run:
        return AccountsMapped(sum(map(bool, pairs.values())), sum(not each for each in pairs.values()))
    return map_accounts(by=by, source=source, pairs=pairs)


def _column(table: Table, called: Sequence[str], problems: Problems) -> str:
    by_name = {plain(column): column for column in reversed(table.columns)}
    found = next((by_name[name] for name in called if name in by_name), "")
    if not found:
        expected = _("a column “name” (as that system writes people) and one “sign-in name”")
        problems.add(None, "", _("the columns %s") % listed(table.columns), expected)
    return found


def _pairs(table: Table, name: str, account: str, problems: Problems) -> dict[str, str]:
    """Each name once; the first row of it counts, further ones have to say the same."""
    pairs: dict[str, str] = {}
    first: dict[str, tuple[str, int]] = {}
    for row, who, username in zip(table.numbers, table.texts(name), table.texts(account), strict=True):
        if not who:
            problems.add(row, name, _("nothing"), _("a name as that system writes it"))
            continue
        same = " ".join(who.casefold().split())
        before = first.setdefault(same, (username, row))
        if before[0].casefold() != username.casefold():
            found = _("another sign-in name than in row %s") % f"{before[1]:,}"
            problems.add(row, account, found, _("one account for each name"))
        elif before[1] == row:
            pairs[who] = username
    return pairs


def _refuse_unknown(
    table: Table, columns: tuple[str, str], found: Matched, source: str, problems: Problems
) -> None:
    name, account = columns
    for row, who, username in zip(table.numbers, table.texts(name), table.texts(account), strict=True):
        if who in found.unknown_names:
            problems.add(row, name, quoted(who), _("a name that occurs in the records of “%s”") % source)
        if username in found.unknown_accounts:
            problems.add(row, account, quoted(username), _("the sign-in name of an account"))
