// Workers: classic ones from a blob, so that the page's own policy binds them on every host.

const own = new Set();  // addresses made here; the policy lets nothing else become a script
const policy = globalThis.trustedTypes?.createPolicy('klono', { createScriptURL: (url) => (own.has(url) ? url : '') });

/** A worker whose script is these texts, one after another. */
export function startWorker(...texts) {
  const address = URL.createObjectURL(new Blob(texts.map((text) => `${text}\n`), { type: 'text/javascript' }));
  own.add(address);
  return new Worker(policy ? policy.createScriptURL(address) : address);
}
