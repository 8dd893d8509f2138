// Takes out of a frozen Python's memory what answers never read, as far as that can be shown or is guarded by a trap.
//
// Guarded are tables that only known pointers lead to: the modules that CPython is built with, as bytecode; the
// characters of East Asian encodings; and what functions and types of C say of themselves. A pointer to a table that
// goes is made one that leads nowhere: memory cannot grow so far, and what reads there ends Python.
// Shown is it of areas that one file of C alone can name: no function that stays names a place in them.
// Both stay where anything else leads to them: a number in the code that stays, or a word of memory, whatever these
// really are.
//
// What this relies on in Pyodide: how CPython lays out these pointers, and where the areas lie. What is different is an
// error.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import wasmparser from "wasmparser";
import { boot } from "./boot.mjs";
import * as module from "./module.mjs";

const CODE = 0x63; // how bytecode starts, apart from a flag
const FLAG = 0x80;
const ENCODING_OF_PAIRS = "jisx0213_pair"; // whose tables are others
const REACH = 65_536; // bytes: how far before a table a compiler may name it, so that an index need not start at zero
export const AREAS = [
  {
    of: "unicodedata.c of CPython: from `index1` to `changes_3_2_0_data`, with the names of characters between",
    start: 0x154e30,
    end: 0x2002f0,
    sha256: "bdc72475cc5210f0908431e761b42074a708be4f8a645515caea9beb28ba705b",
  },
  {
    of: "iconv.c of musl: from `charmaps` into `ksc`",
    start: 0x2b1400,
    end: 0x2cf7d0,
    sha256: "4383dc5c973f1463ff44c5cd765724a7ecc65ef5f790638cd436a7a4511b15eb",
  },
];

/** The tables, each by its start, its end, and the address of the pointer to it; the areas have none. */
export async function tables(files) {
  const python = await boot(files);
  python.run(readFileSync(new URL("built_in.py", import.meta.url), "utf8"));
  const c = python.exports;
  const found = JSON.parse(python.text(c.PyUnicode_AsUTF8(python.named("found"))));
  const heap = python.heap();
  const words = new Uint32Array(heap.buffer);
  const word = (at) => words[at >> 2];
  const last = c.emscripten_stack_get_end(); // all that C defines lies below
  return [...areas(), ...frozen(), ...found.maps.flatMap((map) => [...encoding(word(map + 8))]), ...sayings()];

  function* areas() {
    for (const { of, start, end, sha256 } of AREAS) {
      if (createHash("sha256").update(heap.subarray(start, end)).digest("hex") !== sha256) {
        throw new Error(`Pyodide carries other tables, or elsewhere, of ${of}`);
      }
      yield { start, end, reach: REACH };
    }
  }

  function* frozen() {
    for (const name of ["_PyImport_FrozenBootstrap", "_PyImport_FrozenStdlib", "_PyImport_FrozenTest"]) {
      for (let at = word(c[name].value); word(at); at += 16) {
        const [start, size] = [word(at + 4), word(at + 8)];
        if ((heap[start] & ~FLAG) !== CODE) throw new Error(`Pyodide has another form of the module ${python.text(word(at))}`);
        yield { pointer: at + 4, start, end: start + size };
      }
    }
  }

  function* encoding(map) {
    const name = python.text(word(map));
    if (name === ENCODING_OF_PAIRS) return;
    for (const index of [word(map + 4), word(map + 8)].filter(Boolean)) {
      for (let at = index; at < index + 256 * 8; at += 8) {
        const start = word(at);
        const [least, most, ...padding] = heap.subarray(at + 4, at + 8);
        if (start >= last || start % 2 || most < least || padding.some(Boolean)) {
          throw new Error(`Pyodide has another form of the characters of ${name}`);
        }
        if (start) yield { pointer: at, start, end: start + 2 * (most - least + 1) };
      }
    }
  }

  function* sayings() {
    const pointers = new Set();
    const each = (list, size, at) => {
      for (; list && word(list); list += size) pointers.add(list + at);
    };
    for (const definition of found.modules.map(c.PyModule_GetDef).filter(Boolean)) {
      pointers.add(definition + 24);
      each(word(definition + 32), 16, 12); // functions
    }
    for (const type of found.types) {
      pointers.add(type + 88);
      each(word(type + 116), 16, 12); // methods
      each(word(type + 120), 20, 16); // members
      each(word(type + 124), 20, 12); // properties
    }
    const said = [];
    for (const pointer of pointers) {
      const start = word(pointer);
      // What is a type's own copy lies above; a text that is another one's end is not all that starts there.
      if (pointer >= last || !start || start >= last || heap[start - 1]) continue;
      const text = python.text(start);
      said.push(text);
      yield { pointer, start, end: start + Buffer.byteLength(text), text };
    }
    if (!said.some((text) => text.startsWith("len($module"))) throw new Error("Pyodide says elsewhere what functions do");
  }
}

/** What a module starts with in its memory, without the tables that nothing else leads to. */
export function without(tables, sections) {
  const memory = module.memory(sections);
  const words = new Uint32Array(memory.buffer);
  const pointing = tables.filter(({ pointer }) => pointer);
  const known = new Set(pointing.map(({ pointer }) => pointer));
  for (const { pointer, start } of pointing) {
    if (words[pointer >> 2] !== start) throw new Error(`Pyodide changed the pointer at ${pointer} while it started`);
  }
  const marked = (places) => {
    const marks = new Uint8Array(memory.length);
    for (const place of places) marks[place] = 1;
    return marks;
  };
  const byWords = marked(words.filter((_, index) => !known.has(index << 2)));
  const byCode = marked(numbers(sections));
  const stays = ({ start, end, reach = 0, text }) => {
    // Linkers keep no text that is another one's end: what leads to it leads into that other one.
    const led = text ? byWords.subarray(start, end) : byWords.subarray(start, start + 1);
    return led.includes(1) || byCode.subarray(start - reach, end).includes(1);
  };
  const staying = tables.filter(stays);
  const shared = staying.map(({ start, end }) => [start, memory.slice(start, end)]);
  for (const { pointer, start, end } of tables.filter((table) => !staying.includes(table))) {
    if (pointer) words[pointer >> 2] = module.NOWHERE;
    memory.fill(0, start, end);
  }
  for (const [start, bytes] of shared) memory.set(bytes, start);
  return module.remembering(sections, memory);
}

/** The whole numbers that a module's code holds, gets from a global, or adds to an address. */
function numbers(sections) {
  const { BinaryReader, BinaryReaderState, OperatorCode } = wasmparser;
  const globals = module.globals(sections);
  const found = new Set();
  const bytes = module.write(sections);
  const reader = new BinaryReader();
  reader.setData(bytes.buffer, bytes.byteOffset, bytes.byteOffset + bytes.length);
  while (reader.read()) {
    if (reader.state !== BinaryReaderState.CODE_OPERATOR) continue;
    const { code, literal, memoryAddress, globalIndex } = reader.result;
    if (code === OperatorCode.i32_const) found.add(literal);
    else if (code === OperatorCode.global_get) found.add(new module.Reader(globals[globalIndex].initial, 1).signed());
    else if (memoryAddress) found.add(memoryAddress.offset);
  }
  if (reader.error) throw reader.error;
  return found;
}
