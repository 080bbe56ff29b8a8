// What this browser has, besides motion. Each answer is a short text; asking must not fail.
import { homeScreenTooOld } from '../recorder/abilities.js';
import { text } from '../recorder/worker_text.js';
import { startWorker } from '../worker_start.js';
import { words } from '../words.js';

export const yesNo = (value) => words[value ? 'selftest.yes' : 'selftest.no'];

const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    return `${words['selftest.no']} (${error?.name ?? error})`;
  }
};

/** An empty program with one vector instruction: (func (result v128) (v128.const …)). */
function hasSimd() {
  return WebAssembly.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11));
}

function graphics() {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return yesNo(false);
  const size = gl.getParameter(gl.MAX_TEXTURE_SIZE);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return `${yesNo(true)}, ${size} px`;
}

async function wakeLock() {
  if (!('wakeLock' in navigator)) return yesNo(false);
  const lock = await navigator.wakeLock.request('screen');
  await lock.release();
  return yesNo(true);
}

/** Both kinds of store, tried inside a worker as the recorder does. */
export function stores() {
  return new Promise((resolve) => {
    const worker = startWorker(text);
    const end = (outcome) => {
      worker.terminate();
      resolve(outcome);
    };
    worker.onmessage = ({ data }) => { if (data.probe) end(data.probe); };
    worker.onerror = (event) => {
      event.preventDefault();
      end({ file: event.message, database: '' });
    };
    setTimeout(() => end({ file: words['selftest.no_answer'], database: words['selftest.no_answer'] }), 10000);
    worker.postMessage({ probe: true });
  });
}

async function room() {
  const { quota, usage } = await navigator.storage.estimate();
  return `${(quota / 1e6).toFixed(0)} MB, ${(usage / 1e6).toFixed(1)} MB ${words['selftest.used']}`;
}

async function battery() {
  const found = await navigator.getBattery();
  return `${Math.round(found.level * 100)} %${found.charging ? `, ${words['selftest.charging']}` : ''}`;
}

function sharing() {
  const types = { html: 'text/html', csv: 'text/csv', json: 'application/json', klono: 'application/octet-stream' };
  const can = Object.entries(types).filter(([name, type]) => navigator.canShare?.({ files: [new File(['x'], `x.${name}`, { type })] }));
  return can.length > 0 ? can.map(([name]) => name).join(', ') : yesNo(false);
}

/** [[label, text]…] of the browser, then of storage. Called inside the tap. */
export async function capabilities() {
  const label = (name) => words[`selftest.${name}`];
  const lock = attempt(wakeLock);
  const { file, database } = await stores();
  const browser = [
    [label('agent'), navigator.userAgent],
    [label('screen'), `${screen.width} × ${screen.height} × ${devicePixelRatio}, ${innerWidth} × ${innerHeight}`],
    [label('touch'), String(navigator.maxTouchPoints)],
    [label('home_screen'), yesNo(navigator.standalone === true || matchMedia('(display-mode: standalone)').matches)],
    [label('home_screen_old'), yesNo(homeScreenTooOld(navigator.standalone === true, navigator.userAgent))],
    [label('secure'), yesNo(isSecureContext)],
    [label('webgl'), await attempt(graphics)],
    [label('simd'), yesNo(hasSimd())],
    [label('wake_lock'), await lock],
    [label('vibration'), yesNo('vibrate' in navigator)],
    [label('battery'), await attempt(battery)],
    [label('bluetooth'), 'bluetooth' in navigator ? await attempt(async () => yesNo(await navigator.bluetooth.getAvailability())) : yesNo(false)],
    [label('sharing'), await attempt(sharing)],
  ];
  const storage = [
    [label('store_file'), file],
    [label('store_database'), database],
    [label('locks'), yesNo('locks' in navigator)],
    [label('kept'), await attempt(async () => yesNo(await navigator.storage.persisted()))],
    [label('room'), await attempt(room)],
  ];
  return { browser, storage };
}
