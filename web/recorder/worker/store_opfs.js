// Journals as files of the origin's private file system, each written through a synchronous handle: appended in place,
// durable after flush(). The handle locks its file against other tabs.
'use strict';

const extension = '.klono';

class FileJournal {
  constructor(handle) {
    this.handle = handle;
    this.size = handle.getSize();
  }

  /** Throws when there is no room; the file then ends where it did before. */
  append(bytes) {
    let written = 0;
    try {
      written = this.handle.write(bytes, { at: this.size });
    } catch (error) {
      this.cut();
      throw error;
    }
    if (written < bytes.length) {
      this.cut();
      throw new Error('the storage is full');
    }
    this.size += bytes.length;
  }

  cut() {
    try {
      this.handle.truncate(this.size);
    } catch {
      // a torn tail: the reader drops it
    }
  }

  flush() { this.handle.flush(); }

  async close() { this.handle.close(); }

  /** What is written so far, while the file is locked by its handle. */
  snapshot() {
    const parts = [];
    for (let at = 0; at < this.size; at += 1 << 20) {
      const part = new Uint8Array(Math.min(1 << 20, this.size - at));
      this.handle.read(part, { at });
      parts.push(part);
    }
    return new Blob(parts);
  }
}

class FileStore {
  /** Throws where files cannot be written and read back: private windows, old browsers. */
  static async open() {
    const store = new FileStore();
    store.kind = 'file';
    const root = await navigator.storage.getDirectory();
    store.folder = await root.getDirectoryHandle('recordings', { create: true });
    const name = `probe-${Math.random().toString(36).slice(2)}`;  // two tabs may probe at once
    const handle = await (await store.folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    const back = new Uint8Array(1024);
    try {
      handle.write(new Uint8Array(1024).fill(7), { at: 0 });
      handle.flush();
      handle.read(back, { at: 0 });
    } finally {
      handle.close();
      await store.folder.removeEntry(name).catch(() => {});
    }
    if (back.some((byte) => byte !== 7)) throw new Error('the file system does not keep');
    return store;
  }

  async list() {
    const found = [];
    for await (const [name, handle] of this.folder.entries()) {
      if (!name.endsWith(extension)) continue;
      const file = await handle.getFile().catch(() => null);
      if (file && file.size > 0) found.push({ id: name.slice(0, -extension.length), bytes: file.size });
    }
    return found;
  }

  async create(id) {
    const handle = await (await this.folder.getFileHandle(id + extension, { create: true })).createSyncAccessHandle();
    if (handle.getSize() > 0) {
      handle.close();
      throw new Error('this recording is there already');
    }
    return new FileJournal(handle);
  }

  async file(id) {
    try {
      return await (await this.folder.getFileHandle(id + extension)).getFile();
    } catch {
      return null;
    }
  }

  async remove(id) { await this.folder.removeEntry(id + extension).catch(() => {}); }
}
