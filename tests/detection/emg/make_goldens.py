#!/usr/bin/env python3
"""Writes signal.csv and goldens.csv: five bursts in noise and mains, measured with SciPy (needs numpy and scipy).

usage: make_goldens.py FOLDER

Nothing is shared with the code under test: filters are Butterworth and notch run forwards and backwards, the edges are
where the Hilbert envelope crosses, figures are taken from the window that was put in.
"""
import pathlib
import sys

import numpy
from scipy import signal

RATE = 1000.0
SAMPLES = 12000
BURSTS = [(2.000, 0.040, 60.0), (4.200, 0.090, 25.0), (6.100, 0.030, 120.0), (7.900, 0.250, 40.0), (9.800, 0.120, 80.0)]


def make(random):
    t = numpy.arange(SAMPLES) / RATE
    noise = 2.0 * random.standard_normal(SAMPLES)
    mains = 12.0 * numpy.sin(2 * numpy.pi * 50.0 * t + 0.3)
    bursts = numpy.zeros(SAMPLES)
    shape = signal.butter(2, [60.0, 160.0], "bandpass", fs=RATE, output="sos")
    for onset, length, rms in BURSTS:
        count = round(length * RATE)
        muscle = signal.sosfilt(shape, random.standard_normal(count + 200))[200:] * signal.windows.tukey(count, 0.1)
        begin = round(onset * RATE)
        bursts[begin : begin + count] += muscle * rms / numpy.sqrt(numpy.mean(muscle**2))
    return numpy.round(35.0 + noise + mains + bursts, 1)


def measure(samples):
    band = signal.sosfiltfilt(signal.butter(4, [20.0, 300.0], "bandpass", fs=RATE, output="sos"), samples)
    # Mains by least squares on what lies outside of the bursts: as sharp as the recording is long.
    t = numpy.arange(SAMPLES) / RATE
    quiet = numpy.ones(SAMPLES, bool)
    for onset, length, _ in BURSTS:
        quiet[round((onset - 0.1) * RATE) : round((onset + length + 0.1) * RATE)] = False
    basis = numpy.stack([numpy.sin(2 * numpy.pi * 50 * t), numpy.cos(2 * numpy.pi * 50 * t)], axis=1)
    band = band - basis @ numpy.linalg.lstsq(basis[quiet], band[quiet], rcond=None)[0]
    floor = numpy.sqrt(numpy.mean(band[quiet] ** 2))
    envelope = numpy.abs(signal.hilbert(band))
    rows = []
    for onset, length, _ in BURSTS:
        begin, end = round(onset * RATE), round((onset + length) * RATE)
        level = max(3.0 * floor, 0.25 * numpy.max(envelope[begin:end]))
        above = numpy.nonzero(envelope[begin - 20 : end + 20] >= level)[0] + begin - 20
        window = band[begin:end]
        frequency, power = signal.periodogram(window, RATE, window="boxcar")
        mean_hz = numpy.sqrt(numpy.sum(frequency**2 * power) / numpy.sum(power))
        rows.append((above[0] / RATE, (above[-1] + 1) / RATE, numpy.max(numpy.abs(window)), numpy.sqrt(numpy.mean(window**2)),
                     numpy.ptp(window), floor, mean_hz))
    return rows


folder = pathlib.Path(sys.argv[1])
samples = make(numpy.random.default_rng(20))
folder.joinpath("signal.csv").write_text("uv\n" + "".join(f"{value:.1f}\n" for value in samples))
lines = ["onset_s,end_s,peak_uv,rms_uv,peak_to_peak_uv,floor_uv,mean_hz"]
lines += [",".join(f"{value:.4f}" for value in row) for row in measure(samples)]
folder.joinpath("goldens.csv").write_text("\n".join(lines) + "\n")
