// The same words the page shows: one catalogue.
import { readFileSync } from 'node:fs';

const words = new Map();
for (const area of ['app', 'emg', 'web', 'report', 'record']) {
  const text = readFileSync(new URL(`../../../assets/words/en/${area}.txt`, import.meta.url), 'utf8');
  for (const line of text.split('\n')) {
    const found = line.match(/^([a-z0-9][a-z0-9_.-]*)\s*=\s*(.*)$/);
    if (found) words.set(`${area}.${found[1]}`, found[2].trim().replaceAll('~', '\u00a0'));
  }
}

export function word(key, values = {}) {
  if (!words.has(key)) throw new Error(`no such word: ${key}`);
  return words.get(key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
