// Whether the store holds anything, found out without starting the recorder: most visits have no recording.

export const folderName = 'recordings';
export const databaseName = 'klonograph';

async function filesThere() {
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName);
    for await (const name of folder.keys()) return name !== '';
  } catch {
    // no such folder, or no such storage
  }
  return false;
}

async function databaseThere() {
  try {
    return (await indexedDB.databases()).some((database) => database.name === databaseName);
  } catch {
    return 'indexedDB' in globalThis;  // cannot be asked: look inside
  }
}

export async function anythingStored() { return (await filesThere()) || databaseThere(); }

/** Asks the browser to keep what is stored; many answer by themselves, none may be relied on. */
export async function askToKeep() {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // not known here
  }
}
