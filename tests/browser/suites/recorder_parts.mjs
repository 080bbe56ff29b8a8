// Parts of the page's recorder that need no browser.
import { homeScreenTooOld } from '../../../web/recorder/abilities.js';
import { GapWatch } from '../../../web/recorder/gap_watch.js';
import { GapReason } from '../../../web/recorder/names.js';
import { answerOf, offersOf, startAccelerometer } from '../../../web/recorder/polar_settings.js';
import { figures, signOf } from '../../../web/selftest/measure.js';
import { assert, assertEqual, test } from '../lib/tests.mjs';

const period = 5000;

/** A watch, fed each 20 ms from `begin` to `end` but for what `silent` covers; its timer runs as told. */
function watched(end, { silent = [], events = [], ticks = true }) {
  const gaps = [];
  const watch = new GapWatch((begin, till, reason) => gaps.push([begin, till, reason]), period);
  watch.begin(0, false);
  let next = period;
  for (let now = 20; now <= end; now += 20) {
    for (const [at, act] of events) if (at > now - 20 && at <= now) act(watch, at);
    const stopped = typeof ticks === 'function' && !ticks(now);
    if (!stopped && now >= next) {
      watch.tick(now);
      next = now + period;
    }
    if (!silent.some(([from, to]) => now > from && now < to)) watch.reading(now);
  }
  watch.end(end);
  return gaps;
}

test('An even stream of readings has no gap', () => assertEqual(watched(60000, {}), [], 'gaps'));

test('A sensor that falls silent while the page is seen leaves a gap from its last reading to its next', () => {
  assertEqual(watched(30000, { silent: [[8000, 12000]] }), [[8000, 12000, GapReason.silent]], 'gaps');
});

test('A stumble of less than a second is left to the stamps', () => {
  assertEqual(watched(30000, { silent: [[8000, 8900]] }), [], 'gaps');
});

test('A hidden page is the reason of its gap, also a short one, and of no other', () => {
  const events = [[8000, (watch) => watch.visibility(true)], [8400, (watch) => watch.visibility(false)]];
  const gaps = watched(30000, { silent: [[8000, 8400], [20000, 22000]], events });
  assertEqual(gaps, [[8000, 8400, GapReason.hidden], [20000, 22000, GapReason.silent]], 'gaps');
});

test('A page that was stopped while it was seen says so by its late timer', () => {
  const silent = [[8000, 40000]];
  const gaps = watched(60000, { silent, ticks: (now) => now <= 8000 || now >= 40000 });
  assertEqual(gaps, [[8000, 40000, GapReason.frozen]], 'gaps');
});

test('Hidden and then stopped, as phones do, is hidden', () => {
  const events = [[8000, (watch) => watch.visibility(true)], [39990, (watch) => watch.visibility(false)]];
  const gaps = watched(60000, { silent: [[8000, 40000]], events, ticks: (now) => now <= 8000 || now >= 40000 });
  assertEqual(gaps, [[8000, 40000, GapReason.hidden]], 'gaps');
});

test('What the person pauses is no gap of the watch, and a silence that lasts to the end is one', () => {
  const events = [[8000, (watch) => watch.pause(8000)], [12000, (watch) => watch.resume(12000)]];
  assertEqual(watched(20000, { silent: [[8000, 12000], [16000, 30000]], events }), [[16000, 20000, GapReason.silent]], 'gaps');
});

test('A Polar H10 is started as its maker documents: 8 g, 200 a second, 16 bit', () => {
  assertEqual([...startAccelerometer()], [2, 2, 2, 1, 8, 0, 0, 1, 0xc8, 0, 1, 1, 16, 0], 'bytes');
  const h10 = Uint8Array.from([0xf0, 1, 2, 0, 0, 0, 4, 25, 0, 50, 0, 100, 0, 200, 0, 1, 1, 16, 0, 2, 3, 2, 0, 4, 0, 8, 0]);
  assertEqual(answerOf(h10), { command: 1, ok: true }, 'answer');
  assertEqual([...startAccelerometer(offersOf(h10))], [...startAccelerometer()], 'bytes after asking');
});

test('A sensor that offers less is asked for the most it offers', () => {
  const sense = Uint8Array.from([0xf0, 1, 2, 0, 0, 0, 1, 52, 0, 1, 1, 16, 0, 2, 1, 8, 0, 4, 1, 3]);
  assertEqual([...startAccelerometer(offersOf(sense))], [2, 2, 2, 1, 8, 0, 0, 1, 52, 0, 1, 1, 16, 0, 4, 1, 3], 'bytes');
  const fast = Uint8Array.from([0xf0, 1, 2, 0, 0, 0, 1, 0x90, 1]);
  assertEqual([...startAccelerometer(offersOf(fast))].slice(6, 10), [0, 1, 0x90, 1], 'the least of what is too much');
  assertEqual([...offersOf(sense.subarray(0, 11))], [[0, [52]]], 'an answer cut off');
});

test('Home-screen apps are too old for a night before iOS 18.4 only', () => {
  const agent = (version) => `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148`;
  assertEqual([['17_6', true], ['18_3', true], ['18_4', false], ['18_6', false], ['26_0', false]].map(([version]) => homeScreenTooOld(true, agent(version))), [true, true, false, false, false], 'too old');
  assertEqual(homeScreenTooOld(false, agent('17_6')), false, 'in the browser');
  assertEqual(homeScreenTooOld(true, 'Mozilla/5.0 (Linux; Android 14)'), false, 'elsewhere');
});

test('The self-test tells rate, rounding step, repeats and sign of made readings', () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const value = Math.round((9.8 + 0.3 * Math.sin(i / 7)) * 10) / 10;
    return [1000 + i * 20, 0.1 * (i % 2), 0, -value, NaN, NaN, NaN, NaN, NaN, NaN];
  });
  const found = figures(rows, 1);
  assert(Math.abs(found.rate - 50) < 1e-9, `rate ${found.rate}`);
  assert(Math.abs(found.step - 0.1) < 1e-6, `step ${found.step}`);
  assert(found.jitter === 0 && found.same === 0 && found.axes === 3, 'even, no repeats, three axes');
  assertEqual(signOf(found), -1, 'sign');
  assertEqual(figures(rows, 4), null, 'a sensor that is not there');
});
