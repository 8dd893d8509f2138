// Leaves in a frozen Python only what runs: functions that answering the training does not reach become traps.
//
//     node calculator/start/prune.mjs PACK FROZEN TARGET
//
// PACK is what lean.py wrote, FROZEN what freeze.mjs made of it. A trap is no answer: WebAssembly cannot catch it, the
// page throws this Python away, and asks the whole one. So what the training leaves out costs a visitor time alone.
// Memory stays as it is: to read what had been taken from there would be no trap, but another answer.
import { readFileSync, writeFileSync } from "node:fs";
import * as module from "./module.mjs";
import { I32, KIND, SECTION } from "./module.mjs";

const TRAP = Buffer.from([0, 0x00, module.END]); // no locals, unreachable

const LARGE = 1 << 25; // bytes of a request that memory has to grow for

const [pack, source, target] = process.argv.slice(2);
const { requests } = JSON.parse(readFileSync(pack, "utf8"));
const frozen = module.read(readFileSync(source));
const imported = module.imports(frozen).length;
const functions = module.functions(frozen);
const reached = await reach(requests.map((request) => Buffer.from(request, "base64")));
writeFileSync(target, module.write(pruned()));

/** Which functions run while these are answered, and one that is too long for the memory that there is. */
async function reach(asked) {
  globalThis.onmessage = undefined; // which the script of a worker sets
  const { open } = await import("../static/frozen.js");
  const { c, ask } = open(new WebAssembly.Module(module.write(noting())));
  for (const request of [...asked, Buffer.alloc(LARGE, " ")]) ask(request);
  return new Set(functions.keys().filter((index) => c[`reached ${index}`].value));
}

/** The module with a global for each function, which the function sets when it starts. */
function noting() {
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

function pruned() {
  const kept = (index) => index < imported || reached.has(index - imported);
  const table = module.elements(frozen).map((index) => (kept(index) ? index : null));
  return new Map(frozen)
    .set(SECTION.element, module.filling(table))
    .set(SECTION.code, module.coding(functions.map(({ body }, index) => (reached.has(index) ? body : TRAP))));
}
