#!/usr/bin/env python3
"""Writes goldens.csv: quantiles, exact intervals and ratios at 50 digits (needs mpmath).

usage: make_goldens.py > goldens.csv

Nothing is shared with the code under test: each quantile is a root of mpmath's own incomplete
gamma or beta function.
"""
from mpmath import betainc, gammainc, inf, log, mp, mpf

mp.dps = 50


def bisect(function, low, high):
    low, high = mpf(low), mpf(high)
    for _ in range(400):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def gamma_quantile(shape, p):
    shape, p = mpf(shape), mpf(p)
    lower = lambda x: gammainc(shape, 0, x, regularized=True) - p
    # In the logarithm, so that the tiny quantiles of small shapes keep their digits.
    return mp.e ** bisect(lambda y: lower(mp.e**y), -800, log(shape + 60 * shape**0.5 + 100))


def beta_quantile(a, b, p):
    a, b, p = mpf(a), mpf(b), mpf(p)
    logit = bisect(lambda y: betainc(a, b, 0, 1 / (1 + mp.e**-y), regularized=True) - p, -120, 120)
    return 1 / (1 + mp.e**-logit)


def poisson(count, hours, confidence):
    tail = (1 - mpf(confidence)) / 2
    low = gamma_quantile(count, tail) / mpf(hours) if count else mpf(0)
    return mpf(count) / mpf(hours), low, gamma_quantile(count + 1, 1 - tail) / mpf(hours)


def binomial_sum(first, last, n, p):
    return sum(mp.binomial(n, k) * p**k * (1 - p) ** (n - k) for k in range(first, last + 1))


def ratio(a, hours_a, b, hours_b):
    scale, tail, n = mpf(hours_b) / mpf(hours_a), mpf("0.025"), a + b
    odds = lambda p: p / (1 - p) * scale
    low = odds(beta_quantile(a, b + 1, tail)) if a else mpf(0)
    high = odds(beta_quantile(a + 1, b, 1 - tail)) if b else inf
    share = mpf(hours_a) / (mpf(hours_a) + mpf(hours_b))
    p = min(mpf(1), 2 * min(binomial_sum(0, a, n, share), binomial_sum(a, n, n, share)))
    return (mpf(a) / b * scale if b else inf), low, high, p


def row(kind, arguments, values):
    cells = [str(argument) for argument in arguments] + [""] * (4 - len(arguments))
    print(",".join([kind, *cells, *(mp.nstr(value, 17) for value in values), *[""] * (4 - len(values))]))


print("kind,a,b,c,d,value,low,high,p")
for shape in ("0.05", "0.5", "1", "2.5", "10", "31", "100", "1000", "50000"):
    for p in ("0.0005", "0.025", "0.5", "0.975", "0.9995"):
        row("gamma_quantile", (shape, p), (gamma_quantile(shape, p),))
for a, b in (("0.5", "0.5"), ("1", "1"), ("2", "10"), ("3", "9"), ("31", "47"), ("400", "3"), ("900", "1100")):
    for p in ("0.0005", "0.025", "0.5", "0.975", "0.9995"):
        row("beta_quantile", (a, b, p), (beta_quantile(a, b, p),))
for count in (0, 1, 2, 5, 10, 31, 100, 1000, 20000):
    row("poisson_rate", (count, "6.7", "0.95"), poisson(count, "6.7", "0.95"))
row("poisson_rate", (10, "2", "0.99"), poisson(10, "2", "0.99"))
for counts in ((2, 17877, 9, 16660), (0, 3, 4, 5), (4, 5, 0, 3), (31, "6.7", 150, "33.5"), (500, 40, 420, 41), (1, 1, 1, 1)):
    row("rate_ratio", counts, ratio(*counts))
