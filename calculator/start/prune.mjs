// Leaves in a frozen Python only what runs: functions that answering the training does not reach become traps.
//
//     node calculator/start/prune.mjs PACK FOLDER
//
// PACK is what lean.py wrote; FOLDER holds what freeze.mjs made of it, `frozen-LANGUAGE.wasm` for each language, and gets a
// `pruned-LANGUAGE.wasm` for each. A trap is no answer: WebAssembly cannot catch it, the page throws this Python away, and
// asks the whole one. So what the training leaves out costs a visitor time alone.
// Of memory goes what unread.mjs guards likewise, or shows that nothing reads, and nothing else: to read what had been
// taken from there would be no trap, but another answer.
import { readFileSync, writeFileSync } from "node:fs";
import * as module from "./module.mjs";
import { I32, KIND, SECTION } from "./module.mjs";
import { tables, without } from "./unread.mjs";

const TRAP = Buffer.from([0, 0x00, module.END]); // no locals, unreachable
const LARGE = Buffer.alloc(1 << 25, " "); // a request that memory has to grow for; it is told of in the first language

globalThis.onmessage = undefined; // which the script of a worker sets
const { open } = await import("../static/frozen.js");
const [pack, folder] = process.argv.slice(2);
const { files, requests } = JSON.parse(readFileSync(pack, "utf8"));
// Languages differ in their memory alone: what one of them reaches is kept in all.
const languages = Object.keys(requests);
const reached = new Set();
for (const language of languages) {
  const asked = requests[language].map((request) => Buffer.from(request, "base64"));
  if (language === languages[0]) asked.push(LARGE);
  for (const index of reach(frozen(language), asked)) reached.add(index);
}
const unread = await tables(files);
for (const language of languages) {
  writeFileSync(`${folder}/pruned-${language}.wasm`, module.write(without(unread, pruned(frozen(language)))));
}
process.exit(0); // as Pyodide keeps node waiting

function frozen(language) {
  return module.read(readFileSync(`${folder}/frozen-${language}.wasm`));
}

/** Which functions run while these are answered. */
function reach(frozen, asked) {
  const { c, ask } = open(new WebAssembly.Module(module.write(noting(frozen))));
  asked.forEach(ask);
  return module.functions(frozen).keys().filter((index) => c[`reached ${index}`].value);
}

/** The module with a global for each function, which the function sets when it starts. */
function noting(frozen) {
  const functions = module.functions(frozen);
  const globals = module.globals(frozen);
  const first = globals.length;
  const notes = functions.map((_, index) => ({ name: `reached ${index}`, kind: KIND.global, index: first + index }));
  const unset = { type: I32, mutable: 1, initial: module.constant(0) };
  return new Map(frozen)
    .set(SECTION.global, module.defining([...globals, ...functions.map(() => unset)]))
    .set(SECTION.export, module.exporting([...module.exports(frozen), ...notes]))
    .set(SECTION.code, module.coding(functions.map(({ body }, index) => module.starting(body, note(first + index)))));
}

function note(global) {
  return [...module.constant(1).slice(0, -1), 0x24, ...module.number(global)]; // global.set
}

function pruned(frozen) {
  const imported = module.imports(frozen).length;
  const functions = module.functions(frozen);
  const kept = (index) => index < imported || reached.has(index - imported);
  const table = module.elements(frozen).map((index) => (kept(index) ? index : null));
  return new Map(frozen)
    .set(SECTION.element, module.filling(table))
    .set(SECTION.code, module.coding(functions.map(({ body }, index) => (reached.has(index) ? body : TRAP))));
}
