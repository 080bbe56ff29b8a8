// One tab records at a time. The lock goes by itself when its tab goes.

const name = 'klonograph-recording';
let release = null;  // while this tab holds it

/** Whether this tab may record now. Browsers without locks are trusted. */
export function takeLock() {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise((done) => { release = done; });
    }).catch(() => resolve(true));  // an opaque origin or the like
  });
}

export function dropLock() {
  release?.();
  release = null;
}

export async function heldElsewhere() {
  if (release !== null || !navigator.locks) return false;
  const { held } = await navigator.locks.query().catch(() => ({ held: [] }));
  return held.some((lock) => lock.name === name);
}
