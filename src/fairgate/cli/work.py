"""`fairgate work ID`: one background job, in a process of its own. The server calls it."""

from uuid import UUID

import click


@click.command("work", hidden=True)
@click.argument("job_id", type=click.UUID)
def command(job_id: UUID) -> None:
    """Run one background job."""
    from fairgate.cli import django_app

    django_app.start()

    from fairgate.work import jobs

    raise SystemExit(jobs.run_one(job_id))
