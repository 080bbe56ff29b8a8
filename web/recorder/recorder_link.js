// The recorder's worker: storage script and a second instance of the engine's program. It starts with the first word.
import { startWorker } from '../worker_start.js';
import { text } from './worker_text.js';

export class RecorderLink {
  /** `program` is compiled, `script` makes an instance of it. `hands`: news(object), file(answer), store(kind),
   *  trouble(kind, over), spent(buffer), crashed(reason). */
  constructor(program, script, hands) {
    this.program = program;
    this.script = script;
    this.hands = hands;
    this.worker = null;
  }

  get started() { return this.worker !== null; }

  post(message, transfer = []) {
    if (!this.worker) this.start();
    // The worker's clock begins elsewhere: each message tells what ours says.
    this.worker.postMessage({ ...message, now: performance.now() }, transfer);
  }

  start() {
    this.worker = startWorker(this.script, text);
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.hands.crashed(event.message);
    };
    this.post({ begin: this.program });
  }

  receive(data) {
    const { hands } = this;
    if (data.spent) hands.spent(data.spent);
    else if (data.news) hands.news(data.news);
    else if (data.answer) hands.file(data.answer);
    else if (data.store) hands.store(data.store);
    else if (data.trouble) hands.trouble(data.trouble, data.over === true);
    else if (data.crashed) hands.crashed(data.crashed);
  }

  order(order, stamp) { this.post({ order, stamp }); }
  readings(kind, interval, rows, count) { this.post({ rows, count, kind, interval }, [rows.buffer]); }
  polar(bytes, stamp) { this.post({ polar: bytes, stamp }, [bytes.buffer]); }
  gap(begin, end, reason) { this.post({ gap: [begin, end, reason] }); }

  /** Ties the page's clock to the wall clock. */
  anchor() {
    const unix = Date.now();
    this.post({ anchor: [performance.now(), unix, -new Date(unix).getTimezoneOffset() || 0] });
  }

  /** What came so far is written now. */
  settle() {
    if (this.started) this.post({ settle: true });
  }
}
