// WebAssembly modules, as far as freezing changes them: sections are read and written, functions stay as they are.
export const SECTION = {
  type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, start: 8, element: 9, code: 10,
  data: 11, dataCount: 12, tag: 13,
};
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];
export const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };
export const I32 = 0x7f;
export const FUNCREF = 0x70;
export const PAGE = 65_536; // bytes
export const NOWHERE = 0xf000_0000; // an address that memory never grows to: to read there is a trap
const GAP = 36; // zeros that cost less than another segment, once compressed
const I32_CONST = 0x41;
export const END = 0x0b;

export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned LEB128 number. */
  number() {
    for (let found = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      found += (byte & 127) * scale;
      if (byte < 128) return found;
    }
  }
  /** A signed LEB128 number of 32 bits. */
  signed() {
    for (let found = 0, shift = 0; ; ) {
      const byte = this.byte();
      found |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) return shift < 32 && byte & 64 ? found | (-1 << shift) : found;
    }
  }
  /** Skip any LEB128 number. */
  skip() {
    while (this.byte() & 128);
  }
  take(count) {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
  list(item) {
    return Array.from({ length: this.number() }, item);
  }
  /** A type of values, which may take more than a byte. */
  valueType() {
    const start = this.at;
    if ([0x63, 0x64].includes(this.byte())) this.skip();
    return this.bytes.subarray(start, this.at);
  }
}

/** An unsigned LEB128 number. */
export function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** A signed LEB128 number of 32 bits. */
export function signed(value) {
  const bytes = [];
  for (value |= 0; value < -64 || value > 63; value >>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value & 127];
}

export const constant = (value) => [I32_CONST, ...signed(value), END];
export const text = (string) => [...number(Buffer.byteLength(string)), ...Buffer.from(string)];

export function list(items) {
  return Buffer.concat([Buffer.from(number(items.length)), ...items.map((item) => Buffer.from(item))]);
}

const sized = (bytes) => Buffer.concat([Buffer.from(number(bytes.length)), bytes]);
const placed = (start, content) => Buffer.concat([Buffer.from([0, ...constant(start)]), content]);

/** A module's sections by their numbers; of the custom ones only Emscripten's, as "dylink". */
export function read(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = new Map();
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const body = reader.take(reader.number());
    if (id) sections.set(id, body);
    else if (new Reader(body).text() === "dylink.0") sections.set("dylink", body);
  }
  return sections;
}

export function write(sections) {
  const pieces = [Buffer.from("\0asm\x01\0\0\0", "latin1")];
  const put = (id, body) => body && pieces.push(Buffer.from([id, ...number(body.length)]), body);
  put(0, sections.get("dylink")); // Emscripten's loader wants it first
  for (const id of ORDER) put(id, sections.get(id));
  return Buffer.concat(pieces);
}

export function imports(sections) {
  const reader = new Reader(sections.get(SECTION.import));
  return reader.list(() => {
    const found = { module: reader.text(), name: reader.text(), kind: reader.byte() };
    if (found.kind === KIND.function) return { ...found, type: reader.number() };
    if (found.kind === KIND.global) return { ...found, type: reader.byte(), mutable: reader.byte() };
    throw new Error(`Pyodide imports ${found.module}.${found.name}, which is neither a function nor a global`);
  });
}

export function exports(sections) {
  const reader = new Reader(sections.get(SECTION.export));
  return reader.list(() => ({ name: reader.text(), kind: reader.byte(), index: reader.number() }));
}

export const exporting = (all) => list(all.map(({ name, kind, index }) => [...text(name), kind, ...number(index)]));

/** The globals that the module defines; `initial` is the expression for its first value, as bytes. */
export function globals(sections) {
  const reader = new Reader(sections.get(SECTION.global));
  const widths = { 0x43: 4, 0x44: 8 }; // f32.const, f64.const
  return reader.list(() => {
    const type = reader.byte();
    const mutable = reader.byte();
    const start = reader.at;
    const instruction = reader.byte();
    if (instruction in widths) reader.take(widths[instruction]);
    else if ([I32_CONST, 0x42].includes(instruction)) reader.skip();
    else throw new Error(`a global of Pyodide starts with instruction ${instruction}, which is no constant`);
    if (reader.byte() !== END) throw new Error("a global of Pyodide starts with more than a constant");
    return { type, mutable, initial: reader.bytes.subarray(start, reader.at) };
  });
}

export const defining = (all) => list(all.map(({ type, mutable, initial }) => [type, mutable, ...initial]));

/** Function types as texts, to be found by. */
export function types(sections) {
  const reader = new Reader(sections.get(SECTION.type));
  return reader.list(() => {
    const start = reader.at;
    if (reader.byte() !== 0x60) throw new Error("Pyodide has a type that is no function's");
    for (let part = 0; part < 2; part++) reader.list(() => reader.valueType());
    return Buffer.from(reader.bytes.subarray(start, reader.at)).toString("hex");
  });
}

export function functions(sections) {
  const types = new Reader(sections.get(SECTION.function));
  const bodies = new Reader(sections.get(SECTION.code));
  const found = types.list(() => types.number());
  return bodies.list((_, index) => ({ type: found[index], body: bodies.take(bodies.number()) }));
}

/** The functions that a table starts with, by their places; it is the first table that is filled. */
export function elements(sections) {
  const reader = new Reader(sections.get(SECTION.element));
  const found = Array(tables(sections)[0].least).fill(null);
  reader.list(() => {
    reader.take(2); // an active segment, placed by a constant
    let at = reader.signed();
    reader.take(1);
    reader.list(() => (found[at++] = reader.number()));
  });
  return found;
}

/** What a table starts with; null is an empty place. */
export function filling(table) {
  const filled = ([start, end]) => placed(start, list(table.slice(start, end).map(number)));
  return list(stretches(table, null).map(filled));
}

export const coding = (bodies) => list(bodies.map(sized));

/** A function's body, with instructions put before its own. */
export function starting(body, instructions) {
  const reader = new Reader(body);
  reader.list(() => [reader.number(), reader.valueType()]); // its local variables
  return Buffer.concat([body.subarray(0, reader.at), Buffer.from(instructions), body.subarray(reader.at)]);
}

/** What memory starts with, up to its last page. */
export function memory(sections) {
  const limits = new Reader(sections.get(SECTION.memory), 2);
  const found = new Uint8Array(limits.number() * PAGE);
  const reader = new Reader(sections.get(SECTION.data));
  reader.list(() => {
    reader.take(2); // an active segment, placed by a constant
    const at = reader.signed();
    reader.take(1);
    found.set(reader.take(reader.number()), at);
  });
  return found;
}

/** The module with this memory to start with. */
export function remembering(sections, memory) {
  const segments = stretches(memory, 0, GAP).map(([start, end]) => placed(start, sized(memory.subarray(start, end))));
  return new Map(sections)
    .set(SECTION.dataCount, Buffer.from(number(segments.length)))
    .set(SECTION.data, list(segments));
}

export function tables(sections) {
  const reader = new Reader(sections.get(SECTION.table));
  return reader.list(() => {
    const table = { type: reader.byte(), limited: reader.byte(), least: reader.number() };
    if (table.limited) reader.number();
    return table;
  });
}

/** That all of a section's segments are put in place by the start itself, and code never names one. */
export function onlyActive(sections, section) {
  const reader = new Reader(sections.get(section));
  return reader.list(() => {
    const active = reader.byte() === 0;
    if (!active) return false;
    reader.byte();
    reader.skip();
    if (reader.byte() !== END) return false;
    if (section === SECTION.data) reader.take(reader.number());
    else reader.list(() => reader.skip());
    return true;
  }).every(Boolean);
}

/** The stretches of a list that hold something, each as [start, end]; shorter gaps than `gap` are bridged. */
export function stretches(items, empty, gap = 1) {
  const found = [];
  let last;
  for (let at = 0; at < items.length; at++) {
    if (items[at] === empty) continue;
    if (last && at - last[1] < gap) last[1] = at + 1;
    else found.push((last = [at, at + 1]));
  }
  return found;
}
