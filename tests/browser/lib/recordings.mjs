// Recordings for the tests: made by the native program, the same every time.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cli = process.env.KLONO_CLI ?? fileURLToPath(new URL('../../../build/release/src/cli/klonograph', import.meta.url));
export const webBuild = process.env.KLONO_WEB_BUILD ?? fileURLToPath(new URL('../../../build/web', import.meta.url));
export const scratch = mkdtempSync(join(tmpdir(), 'klonograph-browser-'));
export const shots = join(fileURLToPath(new URL('../../../build/', import.meta.url)), 'screenshots');

const big = { maxBuffer: 1 << 30 };

export function run(program, ...words) { return execFileSync(program, words, big).toString(); }

/** Path of a synthetic recording with singles, series and a gap in stillness. */
export function madeRecording() {
  const path = join(scratch, 'made.csv');
  if (!existsSync(path)) writeFileSync(path, run(cli, 'synth', '--seed', '11', '--minutes', '6', '--singles', '120', '--series', '30', '--rhythmic', '20'));
  return path;
}

/** A real recording where the folder exists, else null; where recordings are required a missing one is an error. */
export function realRecording(name) {
  const folder = process.env.KLONO_RECORDINGS;
  const path = folder && join(folder, name);
  if (path && existsSync(path)) return path;
  if (process.env.KLONO_RECORDINGS_REQUIRED === '1') throw new Error(`the recording ${name} is required and missing`);
  return null;
}
