"""Logarithm, exponential and the normal quantile over whole arrays.

The processor's library takes one number at a time; these take eight, and give the same bits everywhere.

- ``logarithms``, ``exponentials``: fdlibm's (Sun Microsystems 1993, ``e_log.c``, ``e_exp.c``), error below 1 ulp.
- ``normal``: algorithm AS 241, PPND16 (Wichura 1988, *Applied Statistics* 37), about 1 part in 10**16.
  One word gives one normal number, increasing in the word: the same word under another parameter moves
  smoothly, which is what keeps policies paired. With 32 bits, |z| is at most 6.34.
"""

import math

import numpy as np
from numba import int64

from fairgate.engines.counterfactual.compiled import inlined, kernel

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_PER_LN2 = 1.44269504088896338700
_MANTISSA, _ONE = np.int64(0x000FFFFFFFFFFFFF), np.int64(0x3FF0000000000000)
_SHIFT, _BIAS = np.int64(52), np.int64(1023)
_ROOT2 = math.sqrt(2.0)


@kernel
def logarithms(x, scratch):  # type: ignore[no-untyped-def]
    """ln(x) in place; ``x`` float64, normal and positive; ``scratch`` float64 of the same length."""
    bits = x.view(np.int64)
    for j in range(x.shape[0]):
        raw = bits[j]
        scratch[j] = float((raw >> _SHIFT) - _BIAS)
        bits[j] = (raw & _MANTISSA) | _ONE
    for j in range(x.shape[0]):
        f, k = x[j], scratch[j]
        high = f > _ROOT2
        f = 0.5 * f if high else f
        k = k + 1.0 if high else k
        f = f - 1.0
        s = f / (2.0 + f)
        z = s * s
        w = z * z
        odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        even = z * (
            6.666666666666735130e-01
            + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
        )
        half = 0.5 * f * f
        x[j] = k * _LN2_HIGH - ((half - (s * (half + odd + even) + k * _LN2_LOW)) - f)


@kernel
def exponentials(x, scratch):  # type: ignore[no-untyped-def]
    """exp(x) in place, for |x| < 700; ``scratch`` float64 of the same length."""
    bits = scratch.view(np.int64)
    for j in range(x.shape[0]):
        k = math.floor(_PER_LN2 * x[j] + 0.5)
        high = x[j] - k * _LN2_HIGH
        low = k * _LN2_LOW
        r = high - low
        t = r * r
        c = r - t * (
            1.66666666666666019037e-01
            + t
            * (
                -2.77777777770155933842e-03
                + t
                * (
                    6.61375632143793436117e-05
                    + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)
                )
            )
        )
        x[j] = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
        bits[j] = (int64(k) + _BIAS) << _SHIFT
    for j in range(x.shape[0]):
        x[j] *= scratch[j]


@inlined
def _central(q):  # type: ignore[no-untyped-def]
    r = 0.180625 - q * q
    return (
        q
        * (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
        + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0)
        / (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
        + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0)
    )  # fmt: skip


@inlined
def _middle(r):  # type: ignore[no-untyped-def]
    """|z| for r = sqrt(-ln p) up to 5, p the chance beyond it."""
    r = r - 1.6
    return (
        (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
        + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        + 4.63033784615654529590e0) * r + 1.42343711074968357734e0)
        / (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 1.51986665636164571966e-2) * r
        + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        + 2.05319162663775882187e0) * r + 1.0)
    )  # fmt: skip


@kernel
def _tail(q):  # type: ignore[no-untyped-def]
    r = math.sqrt(-math.log(0.5 - abs(q)))
    if r <= 5.0:
        z = _middle(r)
    else:
        r -= 5.0
        z = (
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
            + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
            + 5.46378491116411436990e0) * r + 6.65790464350110377720e0)
            / (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
            + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1.0)
        )  # fmt: skip
    return math.copysign(z, q)


@kernel
def normal(u):  # type: ignore[no-untyped-def]
    """The standard normal quantile of one number strictly between 0 and 1."""
    q = u - 0.5
    return _central(q) if abs(q) <= 0.425 else _tail(q)


@kernel
def normals(words, out):  # type: ignore[no-untyped-def]
    """Standard normal numbers from ``words``, uint32, into ``out``, float64 of the same length. The 15% beyond the central
    part are gathered, worked out side by side, and put back; with 32 bits none is beyond the middle part."""
    n, tails = out.shape[0], 0
    place, r, scratch = np.empty(n, np.int64), np.empty(n), np.empty(n)
    for j in range(n):
        out[j] = _central((float(words[j]) + 0.5) * 2.0**-32 - 0.5)
    for j in range(n):
        q = (float(words[j]) + 0.5) * 2.0**-32 - 0.5
        place[tails], r[tails] = j, 0.5 - abs(q)
        tails += abs(q) > 0.425
    r = r[:tails]
    logarithms(r, scratch[:tails])
    for k in range(tails):
        r[k] = _middle(math.sqrt(-r[k]))
    for k in range(tails):
        out[place[k]] = math.copysign(r[k], out[place[k]])
