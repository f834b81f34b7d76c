"""The loop of the long-run tier: one record of terms for each policy in, one record of outcomes out.

A month, with x the slip (log-odds of a flawed lot above today's), in this order: quality slips and wanders; lots are made for
the demand there is; reviewers do what they can, the rest waits; flawed lots are stopped or go out; complaints come
in; signals make somebody put right a part of the slip; recalls, visits, letters; demand; money; does it end?

Words of month t: purpose 0 (slip, lots, flawed, alarms), 1 and 2 (fates of flawed lots), 3 (complaints, correction,
recall, its class), 4 (visit, letter, licence, spare). All policies of a replicate read the same words.
"""

import math

import numpy as np
from numba import uint64

from fairgate.engines.counterfactual.compiled import inlined, kernel
from fairgate.engines.counterfactual.counts import HEAD, binomial, long_binomial, poisson
from fairgate.engines.counterfactual.draws import MONTHS, fill
from fairgate.engines.counterfactual.elementary import logarithms, normals
from fairgate.engines.counterfactual.parameters import DAYS_A_MONTH

SURVIVED, INSOLVENT, LICENCE, DEMAND = range(4)
BLOCKS = 5
_PER_STEP = 8 / 0.95  # of waits.GRID
_STEP = 2.0**-32

_CLOCKS = ((3, 0), (3, 1), (3, 2), (4, 0))  # words of complaints, correction, recall, visit

OUTCOMES = (
    "worth", "months", "end", "made", "out", "out_first", "out_early", "escaped_minor", "escaped_major", "escaped_critical",
    "stopped_minor", "stopped_major", "stopped_critical", "alarms", "scrapped", "reviews", "gate_days", "complaints",
    "recalls_major", "recalls_critical", "letters", "prevention", "appraisal", "internal", "external", "slip",
    "first_recall", "serious_first",
)  # fmt: skip
Outcomes = np.dtype([(name, np.float64) for name in OUTCOMES])
FIRST, EARLY = 12, 60  # months: the first year, the first five


@inlined
def _share(words, block, word, t):  # type: ignore[no-untyped-def]
    return (float(words[block, word, t]) + 0.5) * _STEP


@inlined
def _fates(p, bad, often, words, t):  # type: ignore[no-untyped-def]
    """Of ``bad`` flawed lots by severity: how many there are, are stopped, and go out (never stopped, or leaking back
    after a stop). Up to eight lots read a word each, cut into severities, and each of those into out, leaked,
    kept: the k-th flawed lot of a month has the same severity under every policy. More are drawn as binomials."""
    h0, h1, h2 = (
        p.look_minor * p.catch_minor,
        p.look_major * p.catch_major,
        p.look_critical * p.catch_critical,
    )
    h0, h1, h2 = h0 * often, h1 * often, h2 * often
    if bad <= 8:
        c, m = p.critical, (1.0 - p.critical) * p.major_of_rest
        c1, m1, r1 = c * (1.0 - h2), c + m * (1.0 - h1), c + m + (1.0 - c - m) * (1.0 - h0)
        c2, m2, r2 = (
            c1 + c * h2 * p.leak_critical,
            m1 + m * h1 * p.leak_major,
            r1 + (1.0 - c - m) * h0 * p.leak_minor,
        )
        nc = nm = nc1 = nm1 = nr1 = nc2 = nm2 = nr2 = 0
        for k in range(8):
            if k >= 4 and bad <= 4:
                break
            u = _share(words, 1 + k // 4, k % 4, t) if k < bad else 2.0
            nc1 += u < c1
            nc2 += u < c2
            nc += u < c
            nm1 += u < m1
            nm2 += u < m2
            nm += u < c + m
            nr1 += u < r1
            nr2 += u < r2
        minor, major = bad - nm, nm - nc
        return minor, major, nc, bad - nr1, nm - nm1, nc - nc1, nr2 - nm, nm2 - nc, nc2
    critical = binomial(bad, p.critical, _share(words, 1, 0, t))
    major = binomial(bad - critical, p.major_of_rest, _share(words, 1, 1, t))
    minor = bad - critical - major
    s0 = binomial(minor, h0, _share(words, 1, 2, t))
    s1 = binomial(major, h1, _share(words, 1, 3, t))
    s2 = binomial(critical, h2, _share(words, 2, 0, t))
    out0 = minor - s0 + binomial(s0, p.leak_minor, _share(words, 2, 1, t))
    out1 = major - s1 + binomial(s1, p.leak_major, _share(words, 2, 2, t))
    out2 = critical - s2 + binomial(s2, p.leak_critical, _share(words, 2, 3, t))
    return minor, major, critical, s0, s1, s2, out0, out1, out2


@inlined
def _wait_share(p, load):  # type: ignore[no-untyped-def]
    """Wait over review time at this load; beyond the grid as at its end, where the backlog takes over."""
    load = min(load, 0.95)
    place = load * _PER_STEP
    below = min(int(place), 7)
    part = place - below
    return (p.smooth[below] * (1.0 - part) + p.smooth[below + 1] * part) / (1.0 - load)


@kernel
def _clock(words, out, scratch):  # type: ignore[no-untyped-def]
    """Exponential times -ln u: something of hazard h happens in a month if its clock is below h, chance 1 - exp(-h)."""
    for t in range(out.shape[0]):
        out[t] = (float(words[t]) + 0.5) * _STEP
    logarithms(out, scratch)
    for t in range(out.shape[0]):
        out[t] = -out[t]


@kernel
def live(p, words, slips, clocks, months, out):  # type: ignore[no-untyped-def]
    """One business under one policy until it ends or ``months`` are over."""
    x, demand, cash, discount = 0.0, 1.0, p.cash, 1.0
    waiting, letter_left, first_recall = p.waiting_today, 0.0, -1.0
    pool_minor, pool_major, pool_critical = p.pool_minor, p.pool_major, p.pool_critical
    use_major, use_critical = p.use_major, p.use_critical
    made_ = out_ = out_first = out_early = serious_first = escaped0 = escaped1 = escaped2 = stopped0 = (
        stopped1
    ) = stopped2 = 0.0
    alarms = scrapped_ = reviews_ = gate_ = complaints_ = recalls1 = recalls2 = letters = 0.0
    prevention = appraisal = internal = external = worth = 0.0
    end, lived = SURVIVED, float(months)
    minor_share, major_share = (
        (1.0 - p.critical) * (1.0 - p.major_of_rest),
        (1.0 - p.critical) * p.major_of_rest,
    )
    # reviews, stops and alarms for one flawed and one good lot that is looked at by the policy's chances
    flawed_reviews = (
        minor_share * p.look_minor * (1.0 + p.catch_minor * p.again_minor)
        + major_share * p.look_major * (1.0 + p.catch_major * p.again_major)
        + p.critical * p.look_critical * (1.0 + p.catch_critical * p.again_critical)
    )
    flawed_reworks = (
        minor_share * p.look_minor * p.catch_minor * p.rework_minor
        + major_share * p.look_major * p.catch_major * p.rework_major
        + p.critical * p.look_critical * p.catch_critical * p.rework_critical
    )
    flawed_stops = minor_share * p.catch_minor + major_share * p.catch_major + p.critical * p.catch_critical
    alarm_share = p.look_good * p.alarm
    alarm_log = math.log(1.0 - alarm_share) if alarm_share < 1.0 else 0.0
    alarm_odds = alarm_share / (1.0 - alarm_share)
    a_reviewer_day = 1.0 / p.reviewer_days
    good_reviews = p.look_good * (1.0 + p.alarm * p.again_good)
    good_reworks = p.look_good * p.alarm * p.rework_good
    if p.ends > 0.0:
        end, lived, months = LICENCE, 0.0, 0
        worth = -p.closing
    for t in range(months):
        x += p.drift + p.noise * slips[t]
        odds = math.exp(p.odds + x)
        good = 1.0 / (1.0 + odds)
        flawed = odds * good
        often = 1.0
        if p.run > 0.0:
            stops = flawed * flawed_stops + (1.0 - flawed) * p.alarm
            often = p.often / (
                p.often + (1.0 - p.often) * math.exp(p.run * math.log(1.0 - min(stops, 1.0 - 1e-12)))
            )
        # work: what demand asks for, what reviewers can do, what has to wait (Little: waiting = flow × wait)
        gate = waiting / max(p.lots * demand, 1e-9) * DAYS_A_MONTH
        reviews_a_lot = often * (flawed * flawed_reviews + (1.0 - flawed) * good_reviews)
        reworks_a_lot = often * (flawed * flawed_reworks + (1.0 - flawed) * good_reworks)
        gate += reviews_a_lot * p.review_days + reworks_a_lot * p.rework_days
        asked = p.lots * demand * math.exp(-p.patience * (gate - p.gate_days_today))
        if letter_left > 0.0:
            asked *= 1.0 - p.lost_letter
        made = math.floor(asked + _share(words, 0, 1, t))
        work = reviews_a_lot * p.review_days
        held = made * work / DAYS_A_MONTH * _wait_share(p, made * work * a_reviewer_day)
        through = max(0.0, waiting + made - held)
        if through * work > p.reviewer_days:
            through = p.reviewer_days / work
        done = math.floor(through)
        waiting += made - done
        # quality
        lots = int(done)
        if lots >= HEAD:
            bad = long_binomial(lots, odds, math.log(good), _share(words, 0, 2, t))
        else:
            bad = binomial(lots, flawed, _share(words, 0, 2, t))
        minor, major, critical, hit0, hit1, hit2, out0, out1, out2 = _fates(p, bad, often, words, t)
        if p.run > 0.0 or lots - bad < HEAD or alarm_log == 0.0:
            alarm = binomial(lots - bad, often * alarm_share, _share(words, 0, 3, t))
        else:
            alarm = long_binomial(lots - bad, alarm_odds, alarm_log, _share(words, 0, 3, t))
        reviews = (
            often * (minor * p.look_minor + major * p.look_major + critical * p.look_critical)
            + often * (done - bad) * p.look_good
            + hit0 * p.again_minor + hit1 * p.again_major + hit2 * p.again_critical + alarm * p.again_good
        )  # fmt: skip
        reworks = (
            hit0 * p.rework_minor + hit1 * p.rework_major + hit2 * p.rework_critical + alarm * p.rework_good
        )
        scrapped = (
            hit0 * p.scrap_minor + hit1 * p.scrap_major + hit2 * p.scrap_critical + alarm * p.scrap_good
        )
        # customers speak, late
        pool_minor += out0 * p.complain_minor
        pool_major += out1 * p.complain_major
        pool_critical += out2 * p.complain_critical
        pool = pool_minor + pool_major + pool_critical
        expected = pool * p.told
        complaints = poisson(expected, _share(words, 3, 0, t)) if clocks[0, t] < expected else 0
        lost = 0.0
        if pool > 0.0:
            lost = pool_minor * p.lost_minor + pool_major * p.lost_major + pool_critical * p.lost_critical
            lost /= pool
        pool_minor -= pool_minor * p.told
        pool_major -= pool_major * p.told
        pool_critical -= pool_critical * p.told
        # somebody looks for the cause
        looked_into = clocks[1, t] < p.attention * (hit0 + hit1 + hit2 + complaints)
        x *= 1.0 - p.correction if looked_into and x > 0.0 else 1.0
        # recalls
        fees = 0.0
        use_major += out1 - use_major * p.gone
        use_critical += out2 - use_critical * p.gone
        hazard1, hazard2 = p.recall_major * use_major, p.recall_critical * use_critical
        demand_lost = complaints * lost
        if clocks[2, t] < hazard1 + hazard2:
            if first_recall < 0.0:
                first_recall = t + 1.0
            if _share(words, 3, 3, t) * (hazard1 + hazard2) < hazard2:
                recalls2 += 1.0
                fees += p.cost_recall_critical
                demand_lost += p.lost_recall_critical
            else:
                recalls1 += 1.0
                fees += p.cost_recall_major
                demand_lost += p.lost_recall_major
            use_major = use_critical = 0.0
        # the regulator
        letter_left = max(0.0, letter_left - 1.0)
        licence_gone = False
        if clocks[3, t] < p.visits:
            letter_odds = (
                p.letter_odds + p.letter_slip * x + p.letter_unchecked * max(0.0, 1.0 - reviews_a_lot)
            )
            if _share(words, 4, 1, t) < 1.0 / (1.0 + math.exp(-letter_odds)):
                licence_gone = letter_left > 0.0 and _share(words, 4, 2, t) < p.licence_lost
                letters += 1.0
                letter_left = p.letter_months
                fees += p.letter
        demand = min(1.0, max(0.0, demand * max(0.0, 1.0 - demand_lost) + p.recovery * (1.0 - demand)))
        # money
        sold = done - scrapped
        looking = reviews * p.review
        inside = scrapped * p.material + reworks * p.rework
        fees += complaints * p.complaint
        gain = (
            sold * p.price - made * p.material - p.fixed - p.prevention - looking - reworks * p.rework - fees
        )
        cash += gain
        discount *= p.discount
        worth += gain * discount
        # the books
        made_ += made
        out_ += sold
        if t < FIRST:
            out_first += sold
            serious_first += out1 + out2
        if t < EARLY:
            out_early += sold
        escaped0 += out0
        escaped1 += out1
        escaped2 += out2
        stopped0 += hit0
        stopped1 += hit1
        stopped2 += hit2
        alarms += alarm
        scrapped_ += scrapped
        reviews_ += reviews
        gate_ += gate * done
        complaints_ += complaints
        prevention += p.prevention
        appraisal += looking
        internal += inside
        external += fees
        if licence_gone:
            end = LICENCE
        elif cash < 0.0:
            end = INSOLVENT
        elif demand < p.least:
            end = DEMAND
        if end != SURVIVED:
            lived = t + 1.0
            worth -= p.closing * discount
            break
    out.worth, out.months, out.end, out.made, out.out, out.out_early = (
        worth,
        lived,
        end,
        made_,
        out_,
        out_early,
    )
    out.escaped_minor, out.escaped_major, out.escaped_critical = escaped0, escaped1, escaped2
    out.stopped_minor, out.stopped_major, out.stopped_critical = stopped0, stopped1, stopped2
    out.alarms, out.scrapped, out.reviews, out.gate_days, out.complaints = (
        alarms,
        scrapped_,
        reviews_,
        gate_,
        complaints_,
    )
    out.recalls_major, out.recalls_critical, out.letters = recalls1, recalls2, letters
    out.prevention, out.appraisal, out.internal, out.external = prevention, appraisal, internal, external
    out.slip, out.first_recall, out.out_first, out.serious_first = x, first_recall, out_first, serious_first


@kernel
def lives(terms, first, k0, k1, months, out):  # type: ignore[no-untyped-def]
    """``terms`` [policies]; ``out`` [policies, replicates] for replicates first, first + 1, …; the words of a replicate are
    drawn once and read by every policy."""
    words = np.empty((BLOCKS, 4, months), dtype=np.uint32)
    slips, scratch = np.empty(months), np.empty(months)
    clocks = np.empty((4, months))
    for r in range(out.shape[1]):
        for b in range(BLOCKS):
            fill(0, uint64(first + r), uint64(b << 16), MONTHS, k0, k1, words[b])
        normals(words[0, 0], slips)
        for place, word in enumerate(_CLOCKS):
            _clock(words[word[0], word[1]], clocks[place], scratch)
        for s in range(terms.shape[0]):
            live(terms[s], words, slips, clocks, months, out[s, r])
