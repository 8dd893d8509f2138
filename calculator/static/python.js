// Python for the page, in a worker: started in the quickest way that there is. Where one way fails, or cannot
// answer a question, the next takes its place and gets the same question: each has more in it than the one before.
const WAYS = "{{ ways }}"; // a list that the build writes here

// Pyodide keeps these from calls that WebAssembly's newer types make; a frozen Python makes no others.
const { userAgent, platform, maxTouchPoints } = navigator;
export const FILES = { pruned: () => `pruned-${document.documentElement.lang}.wasm`, frozen: () => "frozen.wasm" };
const MOBILE_APPLE = /iPad|iPhone|iPod/.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);

/** The ways that this browser can take. */
export const ways = WAYS.filter((way) => !(MOBILE_APPLE && way in FILES));

const modules = {}; // under way or there, by file: a page may start more than one Python

export class Python {
  #ways;
  #misses = 0;
  #answered;
  #failed;
  #question; // the one under way
  #worker;

  /** `answered` gets each answer; `failed` is called once no way is left. */
  constructor(answered, failed, wanted = ways) {
    this.#ways = [...wanted];
    this.#answered = answered;
    this.#failed = failed;
    this.#start();
  }

  /** The way in which Python was started. */
  get way() {
    return this.#ways[0];
  }

  /** How many ways failed, or had no answer. */
  get misses() {
    return this.#misses;
  }

  ask(question) {
    this.#question = question;
    this.#worker.postMessage(question);
  }

  #start() {
    const frozen = this.way in FILES;
    const worker = new Worker(beside(frozen ? "frozen.js" : "worker.js"), { type: "module", name: this.way });
    this.#worker = worker;
    const failed = () => worker === this.#worker && this.#next();
    worker.onerror = failed;
    worker.onmessage = ({ data }) => {
      if (worker !== this.#worker) return; // it failed already, and this was on its way
      if (data.failed) return failed();
      this.#question = undefined;
      this.#answered(data);
    };
    // Compiled here while it comes in, which the worker's own script does not have to be there for.
    if (frozen) compiled(FILES[this.way]()).then((module) => worker.postMessage({ module })).catch(failed);
  }

  #next() {
    this.#worker.terminate();
    this.#worker = undefined;
    this.#ways.shift();
    this.#misses += 1;
    if (!this.#ways.length) return this.#failed();
    this.#start();
    if (this.#question) this.ask(this.#question);
  }
}

function beside(file) {
  return new URL(file, import.meta.url);
}

function compiled(file) {
  modules[file] ??= WebAssembly.compileStreaming(fetch(beside(file)));
  modules[file].catch(() => delete modules[file]); // so that it can be tried again
  return modules[file];
}
