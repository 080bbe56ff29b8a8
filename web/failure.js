// What the page says when it cannot go on: plain words, what to do, and a way to reload.
import { words } from './words.js';

const stops = new Set(['stopped', 'engine', 'graphics_lost']);
let failed = false;

/** Shows why, once; later failures follow from the first. `detail` is for the console only. */
export function fail(kind, detail) {
  if (failed) return;
  failed = true;
  if (detail !== undefined) console.warn(detail);
  document.getElementById('loading')?.remove();
  document.getElementById('mirror')?.remove();
  document.getElementById('failure-heading').textContent = words[stops.has(kind) ? 'failure.stopped_heading' : 'failure.heading'];
  document.getElementById('failure').hidden = false;
  document.getElementById('failure-text').textContent = words[`failure.${kind}`];
  const reload = document.getElementById('failure-reload');
  reload.addEventListener('click', () => location.reload());
  reload.focus();
}

/** Whether the two programs can run here; says so if not. */
export function checkBrowser() {
  if (typeof WebAssembly !== 'object') return fail('no_webassembly'), false;
  const probe = document.createElement('canvas').getContext('webgl2');
  if (!probe) return fail('no_webgl'), false;
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return true;
}
