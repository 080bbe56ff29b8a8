// Journals in memory, where the browser stores nothing. Gone with the page.
'use strict';

class MemoryStore {
  constructor() {
    this.kind = 'memory';
    this.journals = new Map();  // parts by id
  }

  async list() {
    return [...this.journals].map(([id, parts]) => ({ id, bytes: parts.reduce((sum, part) => sum + part.length, 0) }));
  }

  async create(id) {
    if (this.journals.has(id)) throw new Error('this recording is there already');
    const parts = [];
    this.journals.set(id, parts);
    return { append: (bytes) => parts.push(bytes), flush() {}, async close() {} };
  }

  async file(id) {
    return this.journals.has(id) ? new Blob(this.journals.get(id)) : null;
  }

  async remove(id) { this.journals.delete(id); }
}
