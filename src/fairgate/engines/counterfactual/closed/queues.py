"""Waiting before work begins, for Poisson arrivals.

    M/M/c  Wq = C(c, a) / (c μ - λ),  C = (a^c / c!) (c / (c - a)) / (Σ_{k<c} a^k / k! + the same)     (Erlang C)
    M/G/1  Wq = λ E[S²] / (2 (1 - ρ))                                                  (Pollaczek–Khinchine)

with a = λ/μ. Erlang C is computed from Erlang B's recursion B_k = a B_{k-1} / (k + a B_{k-1}), which neither overflows
nor cancels.
"""


def erlang_c(servers: int, offered: float) -> float:
    """The chance to wait at all; ``offered`` is a = λ/μ, below ``servers``."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    busy = offered / servers
    return blocked / (1 - busy * (1 - blocked))


def wait_mmc(servers: int, arrivals: float, service: float) -> float:
    """Mean wait before service; ``service`` is the mean service time."""
    return erlang_c(servers, arrivals * service) * service / (servers - arrivals * service)


def wait_mg1(arrivals: float, service: float, variation: float) -> float:
    """``variation`` is standard deviation over mean of the service time."""
    return arrivals * service**2 * (1 + variation**2) / (2 * (1 - arrivals * service))
