// What the app keeps beside a recording: a text by its id, in the database, whose transactions are whole or not at all.
'use strict';

/** The one database: cards, and journals where files cannot be had. */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('klonograph', 1);
    request.onupgradeneeded = () => {
      for (const name of ['cards', 'journals', 'chunks']) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked'));
  });
}

/** The result of one request; `durability` where the browser knows it. */
function inDatabase(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: 'strict' });
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
}

class Cards {
  static async open() {
    const cards = new Cards();
    cards.database = await openDatabase().catch(() => null);
    cards.memory = new Map();  // of what the database refused
    return cards;
  }

  async get(id) {
    if (this.memory.has(id)) return this.memory.get(id);
    if (!this.database) return '';
    return (await inDatabase(this.database, ['cards'], 'readonly', (t) => t.objectStore('cards').get(id)).catch(() => '')) ?? '';
  }

  async put(id, card) {
    try {
      await inDatabase(this.database, ['cards'], 'readwrite', (t) => t.objectStore('cards').put(card, id));
      this.memory.delete(id);
    } catch {
      this.memory.set(id, card);
    }
  }

  async remove(id) {
    this.memory.delete(id);
    if (this.database) await inDatabase(this.database, ['cards'], 'readwrite', (t) => t.objectStore('cards').delete(id)).catch(() => {});
  }
}
