// Serves a built site on localhost under the final content policy. usage: serve.mjs FOLDER [PORT]
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2];
const firstPort = Number(process.argv[3] ?? 8080);
const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

// One policy for every host: the same text stands in index.html's <meta>; frame-ancestors works as header only.
const policy = readFileSync(join(folder, 'policy.txt'), 'utf8').trim() + "; frame-ancestors 'none'";
const headers = {
  'Content-Security-Policy': policy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'accelerometer=(self), gyroscope=(self), screen-wake-lock=(self), web-share=(self), bluetooth=(self), camera=(), microphone=(), geolocation=()',
  'Cache-Control': 'no-cache',
};
const withHeaders = process.env.KLONO_SERVE_HEADERS !== 'off';

const packed = new Map();  // as most static hosts do: by file and time of change

function packedOf(file) {
  const key = `${file} ${statSync(file).mtimeMs}`;
  if (!packed.has(key)) packed.set(key, gzipSync(readFileSync(file)));
  return packed.get(key);
}

function answer(request, response) {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).replace(/^(\.\.[/\\])+/, '');
  const file = join(folder, path.endsWith('/') ? path + 'index.html' : path);
  try {
    if (statSync(file).isDirectory()) {  // as static hosts do: a folder's address ends with a slash
      response.writeHead(308, { Location: `${path}/`, ...(withHeaders ? headers : {}) });
      response.end();
      return;
    }
    if (!statSync(file).isFile()) throw new Error('not a file');
    const packs = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && extname(file) !== '.png';
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream', Vary: 'Accept-Encoding',
      ...(packs ? { 'Content-Encoding': 'gzip' } : {}), ...(withHeaders ? headers : {}),
    });
    response.end(packs ? packedOf(file) : readFileSync(file));
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain' });
    response.end('not found');
  }
}

function listen(port) {
  const server = createServer(answer);
  server.on('error', (error) => {
    if (error.code === 'EADDRINUSE' && port < firstPort + 50) listen(port + 1);
    else throw error;
  });
  server.listen(port, '127.0.0.1', () => console.log(`Klonograph: http://localhost:${server.address().port}/`));
}
listen(firstPort);
