// Serves the built site as tools/run does, on a free port.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('../../../tools/serve.mjs', import.meta.url));
export const siteFolder = process.env.KLONO_SITE ?? fileURLToPath(new URL('../../../build/web/site', import.meta.url));

/** {address, stop()}; without headers the page's own <meta> policy is all there is. */
export async function serveSite({ headers = true } = {}) {
  const child = spawn(process.execPath, [server, siteFolder, String(20000 + Math.floor(Math.random() * 20000))], {
    env: { ...process.env, KLONO_SERVE_HEADERS: headers ? 'on' : 'off' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const found = text.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error('the server ended')));
  });
  return { address, stop: () => child.kill() };
}
