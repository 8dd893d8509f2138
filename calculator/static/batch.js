// A file of many rows, calculated piece by piece: read here in slices, answered in the worker, and kept as pieces of the
// file to be saved. What a piece has to know of those before it goes along with it, as Python wrote it.
import { bind } from "./binder.js";
import { Questions, request } from "./questions.js";

const SLICE = 8_192; // bytes: a piece is answered in a moment, so that stopping is quick

const root = document.querySelector("[data-steunwijzer-batch]");
const [file, stop, result] = root.querySelectorAll("input, button, a");
const questions = new Questions((now) => now !== "ready" && tell(now));
let work; // what goes on now: where another file takes its place, it ends

async function calculate(source) {
  const mine = (work = {});
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const began = performance.now();
  const pieces = [];
  let [carried, done] = ["", 0];
  bind(root, {});
  do {
    tell("working");
    let text;
    try {
      const bytes = await source.slice(done, done + SLICE).arrayBuffer();
      done += bytes.byteLength;
      text = decoder.decode(bytes, { stream: done < source.size });
    } catch (error) {
      return tell(error instanceof TypeError ? "encoding" : "failed");
    }
    const passed = Math.round(performance.now() - began);
    const reply = await ask({ text, last: done < source.size ? "" : "yes", carried, done, passed, size: source.size });
    if (mine !== work) return;
    if (!reply.carried) return tell("failed");
    ({ carried } = reply);
    pieces.push(new Blob([reply.text]));
    bind(root, reply.places);
  } while (done < source.size && !mine.stopped);
  const left = document.activeElement === stop;
  URL.revokeObjectURL(result.href);
  result.href = URL.createObjectURL(new Blob(pieces, { type: "text/csv" }));
  tell(done < source.size ? "stopped" : "done");
  if (left) result.focus();
}

function ask(settings) {
  const question = request(root.dataset.language, "batch", [], Object.entries(settings));
  return new Promise((shown) => questions.ask("batch", question, shown));
}

function tell(now) {
  root.dataset.state = now;
  for (const part of root.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(now);
}

stop.addEventListener("click", () => (work.stopped = true));
file.addEventListener("click", () => (file.value = "")); // so that the same file can be chosen again, mended
file.addEventListener("change", () => file.files.length && calculate(file.files[0]));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) calculate(event.dataTransfer.files[0]);
});
