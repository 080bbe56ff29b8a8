// The engine's worker.
import { startWorker } from './worker_start.js';

export class EngineLink {
  constructor(onCrash) {
    this.onCrash = onCrash;
    this.onMessage = () => {};
    this.worker = null;
    this.waiting = [];  // what was sent before the worker is there
  }

  /** `program` is the compiled program, `scripts` the texts of its worker. */
  start(program, ...scripts) {
    this.worker = startWorker(...scripts);
    this.worker.onmessage = ({ data }) => {
      if (data.crashed) this.onCrash(data.crashed);
      else this.onMessage(new Uint8Array(data.reply));
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.onCrash(event.message);
    };
    this.send({ begin: program }, []);
    for (const [message, transfer] of this.waiting.splice(0)) this.send(message, transfer);
  }

  addFile(source, file) { this.send({ source, file }, []); }

  post(bytes) { this.send({ request: bytes }, [bytes.buffer]); }

  send(message, transfer) {
    if (this.worker) this.worker.postMessage(message, transfer);
    else this.waiting.push([message, transfer]);
  }
}
