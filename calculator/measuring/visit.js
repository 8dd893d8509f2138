// What the bench does in a page: starts one of those that it compares, asks it, and tells how long that took.
import { Python } from "/py/python.js";

const encoded = (text) => new TextEncoder().encode(text);
let asked, settle;

/** Start one and ask it a first question: the milliseconds from the wish for an answer to the answer. */
export async function start(way, request) {
  const began = performance.now();
  const answered = ({ reply }) => settle[0](reply);
  const failed = () => settle[1](new Error(`${way} failed`));
  asked = way === "publicodes" ? publicodes(answered, failed) : new Python(answered, failed, [way]);
  await ask(encoded(request));
  return performance.now() - began;
}

/** Ask what was started one question after the other: the milliseconds that each took. */
export async function calls(requests) {
  const taken = [];
  for (const request of requests.map(encoded)) {
    const began = performance.now();
    await ask(request);
    taken.push(performance.now() - began);
  }
  return taken;
}

/** A digest of each way's answer to each request, in Base64; null where the way left the answer to the next one. */
export async function digests(ways, requests) {
  const bytes = requests.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt()));
  return await Promise.all(ways.map((way) => replies(way, bytes)));
}

async function replies(way, requests) {
  const found = [];
  let python, settled;
  for (const request of requests) {
    python ??= new Python(({ reply }) => settled(reply), () => settled(), [way]);
    const reply = await new Promise((resolve) => {
      settled = resolve;
      python.ask({ number: found.length, request });
    });
    found.push(reply ? await digest(reply) : null);
    if (!reply) python = undefined; // what failed is started anew
  }
  return found;
}

function ask(request) {
  return new Promise((...both) => {
    settle = both;
    asked.ask({ number: 0, request });
  });
}

function publicodes(answered, failed) {
  const worker = new Worker("/bench/publicodes.js", { type: "module" });
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = failed;
  return { ask: (question) => worker.postMessage(question) };
}

async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...found));
}
