"""A fit as a statistician expects to read it."""

from collections.abc import Sequence

from fairgate.engines.ordinal.result import Estimate, Fit


def summary(fit: Fit) -> str:
    """Plain text of at most 100 columns: the fit, standard deviations, effects with Wald tests, thresholds."""
    parts = [
        f"Cumulative link mixed model, {fit.link} link, Laplace's approximation",
        f"n {fit.n:,.15g} in {fit.rows:,} distinct rows · log-likelihood {fit.log_likelihood:.4f} · AIC {fit.aic:.2f}",
        f"{'converged' if fit.converged else 'NOT CONVERGED'} after {fit.iterations} steps · largest gradient {fit.gradient:.1e}",
    ]
    if fit.random:
        rows = [
            (one.factor, f"{one.levels:,}", f"{one.sd:.4f}", _error(one.standard_error)) for one in fit.random
        ]
        parts += ["", _table(("random effects", "levels", "std. dev.", "std. error"), rows)]
    if fit.fixed:
        parts += [
            "",
            _table(
                ("fixed effects", "estimate", "std. error", "z", "p"), [_tested(one) for one in fit.fixed]
            ),
        ]
    parts += [
        "",
        _table(("thresholds", "estimate", "std. error"), [_tested(one)[:3] for one in fit.thresholds]),
    ]
    if fit.warnings:
        parts += ["", *(f"Warning: {warning}" for warning in fit.warnings)]
    return "\n".join(parts)


def _tested(one: Estimate) -> tuple[str, ...]:
    z, p = one.z, one.p
    return (
        one.name,
        f"{one.estimate:.4f}",
        _error(one.standard_error),
        "–" if z is None else f"{z:.2f}",
        "–" if p is None else ("<0.0001" if p < 1e-4 else f"{p:.4f}"),
    )


def _error(error: float | None) -> str:
    return "–" if error is None else f"{error:.4f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    widths[0] = max(widths[0], 16)
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in (head, *rows)
    )
