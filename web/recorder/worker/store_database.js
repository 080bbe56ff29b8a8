// Journals in IndexedDB, where files have no synchronous handle: a journal is a row of chunks. One transaction is under
// way at a time, so that what is stored is always a beginning of the journal.
'use strict';

const chunkSize = 8192;  // a chunk grows to this before the next begins: few records, little written twice

function chunksOf(id) { return IDBKeyRange.bound([id], [id, []]); }

class DatabaseJournal {
  /** `onFailed(bytes)` hears what could not be stored; nothing is taken after that. */
  constructor(database, id, onFailed) {
    this.database = database;
    this.id = id;
    this.onFailed = onFailed;
    this.number = 0;   // of the chunk that grows
    this.tail = [];    // its parts, stored already
    this.waiting = []; // parts that are not stored
    this.stored = 0;
    this.work = null;
  }

  append(bytes) { this.waiting.push(bytes); }

  flush() {
    if (!this.work && this.waiting.length > 0) this.work = this.run();
  }

  async run() {
    while (this.waiting.length > 0) {
      const parts = this.waiting;
      this.waiting = [];
      try {
        await this.storeParts(parts);
      } catch {
        this.work = null;
        this.onFailed([...parts, ...this.waiting.splice(0)]);
        return;
      }
    }
    this.work = null;
  }

  async storeParts(parts) {
    const tail = [...this.tail, ...parts];
    const chunk = await new Blob(tail).arrayBuffer();
    const bytes = this.stored + parts.reduce((sum, part) => sum + part.length, 0);
    await inDatabase(this.database, ['chunks', 'journals'], 'readwrite', (t) => {
      t.objectStore('chunks').put(chunk, [this.id, this.number]);
      t.objectStore('journals').put({ id: this.id, bytes }, this.id);
    });
    this.stored = bytes;
    this.tail = tail;
    if (chunk.byteLength < chunkSize) return;
    this.number += 1;
    this.tail = [];
  }

  async close() {
    this.flush();
    await this.work;
  }
}

class DatabaseStore {
  /** Throws where the database cannot be written. */
  static async open() {
    const store = new DatabaseStore();
    store.kind = 'database';
    store.database = await openDatabase();
    const probe = '~probe';
    const sent = new Uint8Array(1024).fill(7);
    await inDatabase(store.database, ['chunks'], 'readwrite', (t) => t.objectStore('chunks').put(sent.buffer, [probe, 0]));
    const back = await store.file(probe);
    await store.remove(probe);
    if (back?.size !== sent.length) throw new Error('the database does not keep');
    return store;
  }

  async list() {
    return inDatabase(this.database, ['journals'], 'readonly', (t) => t.objectStore('journals').getAll());
  }

  async create(id, onFailed) {
    const there = await inDatabase(this.database, ['journals'], 'readonly', (t) => t.objectStore('journals').getKey(id));
    if (there !== undefined) throw new Error('this recording is there already');
    return new DatabaseJournal(this.database, id, onFailed);
  }

  async file(id) {
    const chunks = await inDatabase(this.database, ['chunks'], 'readonly', (t) => t.objectStore('chunks').getAll(chunksOf(id)));
    return chunks.length > 0 ? new Blob(chunks) : null;
  }

  async remove(id) {
    await inDatabase(this.database, ['chunks', 'journals'], 'readwrite', (t) => {
      t.objectStore('chunks').delete(chunksOf(id));
      t.objectStore('journals').delete(id);
    });
  }
}
