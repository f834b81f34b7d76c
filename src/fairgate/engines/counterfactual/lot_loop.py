"""The loops of the lot-exact tier: plain arrays in, one record of counts out for each replicate.

Addresses of draws: a lot is numbered by its start; purpose 0 is (gap, flawed, looked at, stopped), purpose 1 (time to
make, time to review, severity, spare); attempts count reworks: purpose 2 is (scrapped, time to rework, mended,
time to review), purpose 3 (stopped again), purpose 4 (complaint, its delay).
"""

import math

import numpy as np
from numba import int32, uint64

from fairgate.engines.counterfactual.compiled import inlined, kernel
from fairgate.engines.counterfactual.draws import LOTS, block, fill, share
from fairgate.engines.counterfactual.elementary import exponentials, logarithms, normal, normals

FIRST, SECOND, REWORK, AGAIN, COMPLAINT = (np.uint64(number << 16) for number in range(5))
_STEP = 2.0**-32

COUNTS = (
    "started", "submitted", "looked", "reviews", "wait", "busy", "stopped_minor", "stopped_major", "stopped_critical",
    "alarms", "reworks", "scrapped", "released", "lead", "escaped_minor", "escaped_major", "escaped_critical",
    "complaints", "overflow",
)  # fmt: skip
Counted = np.dtype([(name, np.float64) for name in COUNTS])

NUMBERS = (
    "arrivals", "make_mu", "make_sigma", "review_mean", "review_mu", "review_sigma", "exponential", "servers",
    "flawed", "major", "critical", "look_minor", "look_major", "look_critical", "look_good", "run", "often",
    "catch_minor", "catch_major", "catch_critical", "alarm", "rework", "rework_mean", "mended",
    "complaint_minor", "complaint_major", "complaint_critical", "complaint_mean",
)  # fmt: skip
Numbers = np.dtype([(name, np.float64) for name in NUMBERS])


@kernel
def draw(p, replicate, k0, k1, words, times, scratch):  # type: ignore[no-untyped-def]
    """All first draws of a replicate: ``words`` uint32[8, lots], ``times`` float64[3, lots] (gap, make, review)."""
    fill(0, replicate, FIRST, LOTS, k0, k1, words[:4])
    fill(0, replicate, SECOND, LOTS, k0, k1, words[4:])
    gap, make, review = times[0], times[1], times[2]
    _exponential(words[0], 1.0 / p.arrivals, gap, scratch)
    _lognormal(words[4], p.make_mu, p.make_sigma, make, scratch)
    if p.exponential > 0.0:
        _exponential(words[5], p.review_mean, review, scratch)
    else:
        _lognormal(words[5], p.review_mu, p.review_sigma, review, scratch)


@kernel
def _exponential(words, mean, out, scratch):  # type: ignore[no-untyped-def]
    for j in range(out.shape[0]):
        out[j] = (float(words[j]) + 0.5) * _STEP
    logarithms(out, scratch)
    for j in range(out.shape[0]):
        out[j] *= -mean


@kernel
def _lognormal(words, mu, sigma, out, scratch):  # type: ignore[no-untyped-def]
    if sigma == 0.0:
        out[:] = math.exp(mu)
        return
    normals(words, out)
    for j in range(out.shape[0]):
        out[j] = mu + sigma * out[j]
    exponentials(out, scratch)


@kernel
def line_up(times, until, at, order):  # type: ignore[no-untyped-def]
    """Lots in the order they are submitted: times into ``at``, numbers into ``order``; returns how many were started
    before ``until``. Lots overtake few others, so each is inserted from behind."""
    start = 0.0
    for j in range(times.shape[1]):
        start += times[0, j]
        if start >= until:
            return j
        submitted = start + times[1, j]
        times[0, j] = start
        k = j
        while k > 0 and at[k - 1] > submitted:
            at[k] = at[k - 1]
            order[k] = order[k - 1]
            k -= 1
        at[k] = submitted
        order[k] = int32(j)
    return -1


@inlined
def _severity(u, p):  # type: ignore[no-untyped-def]
    """2 critical, 1 major, 0 minor."""
    return 2 if u < p.critical else (1 if u < p.critical + p.major else 0)


@kernel
def play(p, replicate, k0, k1, words, times, at, order, n, back, warm, until, free, out):  # type: ignore[no-untyped-def]
    """Lots meet the policy, the queue and their fate. Only what happens from ``warm`` until ``until`` is counted.

    ``back`` float64[5, lots] holds reworked lots on their way back, the next one last: when, time to review,
    state, lot, attempt. ``free`` is when each reviewer is next free. Lots are served in the order they come.
    """
    look = (p.look_minor, p.look_major, p.look_critical)
    catch = (p.catch_minor, p.catch_major, p.catch_critical)
    complain = (p.complaint_minor, p.complaint_major, p.complaint_critical)
    alarm, look_good, run, often, flawed = p.alarm, p.look_good, p.run, p.often, p.flawed
    rework, rework_mean, mended = p.rework, p.rework_mean, p.mended
    stopped = np.zeros(3)
    escaped = np.zeros(3)
    submitted = looked = reviews = alarms = reworks = scrapped = released = complaints = 0
    wait = busy = lead = 0.0
    passed_in_a_row = 0.0
    i = waiting = 0
    free[:] = 0.0
    while True:
        first = i < n and at[i] < until
        again = waiting > 0 and back[0, waiting - 1] < until
        if again and (not first or back[0, waiting - 1] < at[i]):
            waiting -= 1
            come, service = back[0, waiting], back[1, waiting]
            state, lot, attempt = int(back[2, waiting]), int(back[3, waiting]), int(back[4, waiting])
            verdict, _, _, _ = block(lot, replicate, AGAIN | uint64(attempt), LOTS, k0, k1)
            stops = share(verdict) < (catch[state] if state >= 0 else alarm)
            is_look = True
        elif first:
            lot, come = int(order[i]), at[i]
            i += 1
            attempt = 0
            service = times[2, lot]
            state = -1
            if share(words[1, lot]) < flawed:
                state = _severity(share(words[6, lot]), p)
            chance = look[state] if state >= 0 else look_good
            stops = share(words[3, lot]) < (catch[state] if state >= 0 else alarm)
            if run > 0.0:
                chance = 1.0 if passed_in_a_row < run else often
            is_look = share(words[2, lot]) < chance
            if is_look and run > 0.0:
                passed_in_a_row = 0.0 if stops else passed_in_a_row + 1.0
            if come >= warm:
                submitted += 1
                looked += is_look
        else:
            break
        done = come
        if is_look:
            server = 0
            for q in range(1, free.shape[0]):
                if free[q] < free[server]:
                    server = q
            begun = max(free[server], come)
            done = begun + service
            free[server] = done
            if come >= warm:
                reviews += 1
                wait += begun - come
                busy += service
        if done >= until:
            continue
        counted = done >= warm
        if is_look and stops:
            if attempt == 0 and counted:
                if state >= 0:
                    stopped[state] += 1
                else:
                    alarms += 1
            w0, w1, w2, w3 = block(lot, replicate, REWORK | uint64(attempt), LOTS, k0, k1)
            if share(w0) >= rework:
                scrapped += counted
                continue
            reworks += counted
            if state >= 0 and share(w2) < mended:
                state = -1
            if p.exponential > 0.0:
                service = -math.log(share(w3)) * p.review_mean
            else:
                service = math.exp(p.review_mu + p.review_sigma * normal(share(w3)))
            come = done - math.log(share(w1)) * rework_mean
            k = waiting
            while k > 0 and back[0, k - 1] < come:
                for field in range(5):
                    back[field, k] = back[field, k - 1]
                k -= 1
            back[0, k], back[1, k], back[2, k], back[3, k], back[4, k] = (
                come,
                service,
                state,
                lot,
                attempt + 1,
            )
            waiting += 1
            continue
        if counted:
            released += 1
            lead += done - times[0, lot]
        if state >= 0:
            if counted:
                escaped[state] += 1
            w0, w1, _, _ = block(lot, replicate, COMPLAINT, LOTS, k0, k1)
            if share(w0) < complain[state]:
                told = done - math.log(share(w1)) * p.complaint_mean
                if warm <= told < until:
                    complaints += 1
    out.submitted, out.looked, out.reviews, out.wait, out.busy = submitted, looked, reviews, wait, busy
    out.stopped_minor, out.stopped_major, out.stopped_critical = stopped[0], stopped[1], stopped[2]
    out.alarms, out.reworks, out.scrapped, out.released, out.lead = alarms, reworks, scrapped, released, lead
    out.escaped_minor, out.escaped_major, out.escaped_critical = escaped[0], escaped[1], escaped[2]
    out.complaints = complaints


@kernel
def replicates(p, first, k0, k1, lots, warm, until, out):  # type: ignore[no-untyped-def]
    """Replicates first, first + 1, … into ``out``, one record each; room for ``lots`` lots in a replicate."""
    words = np.empty((8, lots), dtype=np.uint32)
    times = np.empty((3, lots))
    scratch, at = np.empty(lots), np.empty(lots + 1)
    order = np.empty(lots + 1, dtype=np.int32)
    back = np.empty((5, lots + 1))
    free = np.zeros(int(p.servers))
    for r in range(out.shape[0]):
        replicate = uint64(first + r)
        draw(p, replicate, k0, k1, words, times, scratch)
        n = line_up(times, until, at, order)
        if n < 0:  # more lots than there was room for
            out[r].overflow = 1.0
            continue
        out[r].started = n - np.searchsorted(times[0, :n], warm)
        play(p, replicate, k0, k1, words, times, at, order, n, back, warm, until, free, out[r])
