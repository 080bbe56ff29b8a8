// The journal that is written now. When the store refuses, what follows is kept in memory: a recording goes on.
'use strict';

class Journal {
  /** Never fails. `onFull()` once, when the store takes no more. */
  static async begin(store, id, onFull) {
    const journal = new Journal();
    journal.id = id;
    journal.onFull = onFull;
    journal.bytes = 0;
    journal.kept = null;  // what the store did not take, once it refused
    try {
      journal.writer = await store.create(id, (parts) => journal.keep(parts));
    } catch {
      journal.writer = null;
      journal.keep([]);
    }
    return journal;
  }

  /** Whether it is in the store. */
  write(bytes) {
    this.bytes += bytes.length;
    if (!this.kept) {
      try {
        this.writer.append(bytes);
        return true;
      } catch {
        this.keep([]);
      }
    }
    this.kept.push(bytes);
    return false;
  }

  flush() {
    try {
      this.writer?.flush();
    } catch {
      if (!this.kept) this.keep([]);
    }
  }

  keep(parts) {
    if (this.kept) return this.kept.push(...parts);
    this.kept = [...parts];
    return this.onFull();
  }

  async close() {
    try {
      await this.writer?.close();
    } catch {
      // what was flushed is there
    }
    this.closed = true;
  }

  /** All of it, also while it is written. */
  async file(store) {
    if (!this.closed) await this.writer?.work;
    const stored = !this.closed && this.writer?.snapshot ? this.writer.snapshot() : await store.file(this.id);
    return new Blob([...(stored ? [stored] : []), ...(this.kept ?? [])]);
  }
}
