// Questions to a Python, one at a time: of each view only the newest counts.
import { Python } from "./python.js";

const PRACTICE = 100; // answers until browsers have compiled well what runs often

export class Questions {
  #status;
  #python;
  #asked; // the one under way
  #waiting = new Map(); // by view
  #practice; // questions that nobody waits for

  /** `status` is told "loading", "ready" or "failed", and how Python was started after how many misses. */
  constructor(status) {
    this.#status = status;
  }

  /** Ask for a view; `shown` gets the reply, unless a newer question for the same view came meanwhile. */
  ask(view, question, shown) {
    this.#waiting.delete(view);
    this.#waiting.set(view, { view, question, shown });
    this.#next();
  }

  /** Ask no more of what is waiting. */
  forget() {
    this.#waiting.clear();
  }

  /** Ask a question over and over when there is no other, so that Python is quick once somebody types. */
  practise(question) {
    this.#practice ??= Array(PRACTICE).fill({ question });
    this.#next();
  }

  #next() {
    if (!this.#python) this.#start();
    if (this.#asked) return;
    const [asked = this.#practice?.pop()] = this.#waiting.values();
    if (!asked) return;
    this.#asked = asked;
    this.#waiting.delete(asked.view);
    this.#python.ask({ request: new TextEncoder().encode(asked.question) });
  }

  #start() {
    this.#status("loading");
    this.#python = new Python(({ reply }) => {
      const { view, shown } = this.#asked;
      this.#asked = undefined;
      this.#status("ready", this.#python.way, this.#python.misses);
      if (shown && !this.#waiting.has(view)) shown(JSON.parse(new TextDecoder().decode(reply)));
      this.#next();
    }, () => {
      this.#python = this.#asked = undefined;
      this.#status("failed");
    });
  }
}

/** A request as JSON. Pairs are written by hand, so that a name that stands twice reaches Python twice, and is told of. */
export function request(language, view, facts, settings = []) {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const object = (pairs) => `{${pairs.map((pair) => pair.map((text) => JSON.stringify(text)).join(":"))}}`;
  const [said, wanted] = [language, view].map((text) => JSON.stringify(text));
  return `{"facts":${object(facts)},"language":${said},"view":${wanted},"today":"${day}","settings":${object(settings)}}`;
}
