// Freezes a started Python: CPython that has imported the rules and answered its training becomes one WebAssembly
// module, which a browser only has to instantiate.
//
//     node calculator/start/freeze.mjs PACK TARGET [LANGUAGE]
//
// PACK is what lean.py wrote. With a language it has the wording of that one alone, and of the functions in Python our own
// and those that answering the training takes: what it lacks ends it, and the page asks the whole one. The module keeps
// Pyodide's functions, all of them and untouched; what start-up made of memory, globals and the table of functions becomes
// what it starts with.
import { readFileSync, writeFileSync } from "node:fs";
import { boot, PYODIDE } from "./boot.mjs";
import * as module from "./module.mjs";
import { FUNCREF, I32, KIND, NOWHERE, PAGE, SECTION } from "./module.mjs";
import { trampoline } from "./trampoline.mjs";

const OPAQUE = 4096; // places in a table of JavaScript's own values, which are all empty
const SMALL = 512; // bytes: Python has an allocator of its own for objects up to this
const TRAINED = 30; // requests that are answered before freezing
const KEPT = [
  "malloc", "free", "PyBytes_FromStringAndSize", "PyBytes_AsString", "PyBytes_Size", "PyObject_CallOneArg",
  "_Py_DecRef", "memory", "__indirect_function_table", "__stack_pointer",
];

const [pack, target, language] = process.argv.slice(2);
const { files, requests, ran } = JSON.parse(readFileSync(pack, "utf8"));
const stock = module.read(PYODIDE);
const imports = module.imports(stock);
const importedFunctions = imports.filter(({ kind }) => kind === KIND.function);
const importedGlobals = imports.filter(({ kind }) => kind === KIND.global);
const globals = module.globals(stock);
const exported = module.exports(stock);
const functions = module.functions(stock);
for (const section of [SECTION.data, SECTION.element]) {
  if (!module.onlyActive(stock, section)) throw new Error(`Pyodide's code uses section ${section}, which changes here`);
}

// --- start ---

// The module that is started is Pyodide's with an export for each private global, so that its value can be read.
const first = importedGlobals.length;
const reading = globals.map((_, index) => ({ name: `global ${index}`, kind: KIND.global, index: first + index }));
const readable = new Map(stock).set(SECTION.export, module.exporting([...exported, ...reading]));
const python = await boot(files, module.write(readable));
const c = python.exports;

function ask(request) {
  const at = python.put(request);
  const asked = c.PyBytes_FromStringAndSize(at, request.length);
  c.free(at);
  const reply = c.PyObject_CallOneArg(entry, asked);
  if (!reply || !c.PyBytes_Size(reply)) throw new Error(`the rules gave no answer to ${request}`);
  c._Py_DecRef(reply);
  c._Py_DecRef(asked);
}

python.run(readFileSync(new URL("freeze.py", import.meta.url), "utf8"));
const entry = python.named("answer");
// A part of the training, so that a visitor's first answer finds Python warm. All of it would leave more behind than it
// makes quicker.
const asked = language ? requests[language] : Object.values(requests).flat();
const step = Math.ceil(asked.length / TRAINED);
const some = asked.filter((_, index) => index % step === 0).map((request) => Buffer.from(request, "base64"));
some.forEach(ask);
python.run("seal()");
if (language) {
  python.run(`speak(${JSON.stringify(language)})`);
  python.run(`leave(${JSON.stringify(ran)})`); // which is Python, too
  some.forEach(ask);
}
python.run("tidy()");
clearFreeMemory();

/**
 * Fill with zeros what `malloc`, and above it Python's own allocator of small objects, could give: take it all, the
 * largest pieces first, and give it back. What Python gets beyond what was ever used is a sign that it had no more.
 */
function clearFreeMemory() {
  const end = c.sbrk(0);
  const large = sizes(1 << 22, 16, (size) => size >> 1);
  const taken = take(c.malloc, c.free, large, end);
  give(c.PyObject_Free, take(c.PyObject_Malloc, c.PyObject_Free, sizes(SMALL, 8, (size) => size - 8), end));
  give(c.free, taken);
  give(c.free, take(c.malloc, c.free, large, end)); // with what Python gave back as a whole
}

function sizes(most, least, next) {
  const found = [];
  for (let size = most; size >= least; size = next(size)) found.push(size);
  return found;
}

function take(allocate, free, sizes, end) {
  const taken = [];
  for (const size of sizes) {
    for (let at; (at = allocate(size)); taken.push(at)) {
      if (at + size > end) {
        free(at);
        break;
      }
      python.heap().fill(0, at, at + size);
    }
  }
  return taken;
}

function give(free, taken) {
  for (const at of taken.reverse()) free(at); // so that what is given next lies in order
}

// --- read ---

const memory = python.heap().slice();
const words = new Uint32Array(memory.buffer);
memory.fill(0, c.emscripten_stack_get_end(), c.__stack_pointer.value); // left by calls that returned

const started = [
  // Globals that were imported come first, so as the module's own they keep their numbers.
  ...importedGlobals.map(({ module: from, name, type }) => {
    if (type !== I32) throw new Error(`Pyodide imports the global ${name}, which is no whole number`);
    return { type, mutable: 1, initial: module.constant(python.imports[from][name].value) };
  }),
  ...globals.map((global, index) => {
    if (!global.mutable) return global;
    if (global.type !== I32) throw new Error(`global ${index} of Pyodide changes and is no whole number`);
    return { ...global, initial: module.constant(c[`global ${index}`].value) };
  }),
];

// Compiled code can name the places of the table that the module itself filled. Those that JavaScript added can only be
// called where their number stands in memory or in a global: such numbers are kept, whatever they really are.
const ownFunctions = Object.values(c).filter((each) => typeof each === "function");
const own = new Map(ownFunctions.map((each) => [each, Number(each.name)]));
const [ofFunctions, ...ofOthers] = module.tables(stock);
if (ofFunctions.type !== FUNCREF) throw new Error("Pyodide's first table is not that of functions");
const named = new Set(words);
for (const { module: from, name } of importedGlobals) named.add(python.imports[from][name].value);
const table = Array.from({ length: c.__indirect_function_table.length }, (_, at) => {
  const held = c.__indirect_function_table.get(at);
  if (held === null) return null;
  if (at < ofFunctions.least) return Number(held.name); // which is its number in the module
  return named.has(at) ? (own.get(held) ?? null) : null;
});

const calling = trampoline(module.types(stock));
words[calling.place(c, words)] = table.length;
table.push(importedFunctions.length + functions.length);
functions.push(calling.function);

// --- write ---

const kept = exported.filter(({ name }) => KEPT.includes(name));
if (kept.length !== KEPT.length) throw new Error("Pyodide no longer exports all that an answer takes");
kept.push({ name: "answer", kind: KIND.global, index: started.length });
started.push({ type: I32, mutable: 0, initial: module.constant(entry) });

const count = module.number;
const { list, text } = module;
const imported = importedFunctions.map((each) => {
  return [...text(each.module), ...text(each.name), each.kind, ...count(each.type)];
});
const tables = [[FUNCREF, 0, ...count(table.length)], ...ofOthers.map(({ type }) => [type, 0, ...count(OPAQUE)])];

const frozen = new Map(stock);
frozen.delete("dylink");
frozen.delete(SECTION.start); // it ran
frozen.set(SECTION.import, list(imported));
frozen.set(SECTION.function, list(functions.map(({ type }) => count(type))));
frozen.set(SECTION.table, list(tables));
frozen.set(SECTION.memory, list([[1, ...count(memory.length / PAGE), ...count(NOWHERE / PAGE)]]));
frozen.set(SECTION.global, module.defining(started));
frozen.set(SECTION.export, module.exporting(kept));
frozen.set(SECTION.element, module.filling(table));
frozen.set(SECTION.code, module.coding(functions.map(({ body }) => body)));
writeFileSync(target, module.write(module.remembering(frozen, memory)));
process.exit(0); // Emscripten's module would keep node waiting
