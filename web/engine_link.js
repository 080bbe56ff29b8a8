// The engine's worker: a classic one from a blob, so that the page's own policy binds it on every host.

export class EngineLink {
  constructor(onCrash) {
    this.onCrash = onCrash;
    this.onMessage = () => {};
    this.worker = null;
    this.waiting = [];  // what was sent before the worker is there
  }

  /** `script` is the worker's text, `bytes` its program; the bytes move there. */
  start(script, bytes) {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const policy = globalThis.trustedTypes?.createPolicy('klono', { createScriptURL: (url) => (url === address ? url : '') });
    this.worker = new Worker(policy ? policy.createScriptURL(address) : address);
    this.worker.onmessage = ({ data }) => {
      if (data.crashed) this.onCrash(data.crashed);
      else this.onMessage(new Uint8Array(data.reply));
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.onCrash(event.message);
    };
    this.send({ begin: bytes }, [bytes.buffer]);
    for (const [message, transfer] of this.waiting.splice(0)) this.send(message, transfer);
  }

  addFile(source, file) { this.send({ source, file }, []); }

  post(bytes) { this.send({ request: bytes }, [bytes.buffer]); }

  send(message, transfer) {
    if (this.worker) this.worker.postMessage(message, transfer);
    else this.waiting.push([message, transfer]);
  }
}
