// A list of tests that read as sentences, run one after another; counts what happened.
const tests = [];

export function test(sentence, body) { tests.push({ sentence, body }); }

export function assert(condition, message) { if (!condition) throw new Error(message); }

export function assertEqual(got, expected, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: got ${a}, expected ${b}`);
}

/** Waits until `probe` gives something true; never on fixed times, software rendering is slow. */
export async function until(probe, what, milliseconds = 60000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function runAll() {
  let passed = 0;
  let failed = 0;
  const only = process.env.KLONO_BROWSER_ONLY;
  for (const { sentence, body } of tests) {
    if (only && !sentence.includes(only)) continue;
    const begun = Date.now();
    try {
      await body();
      passed += 1;
      console.log(`ok      ${sentence} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${sentence}\n        ${String(error.stack ?? error).split('\n').slice(0, 4).join('\n        ')}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}
