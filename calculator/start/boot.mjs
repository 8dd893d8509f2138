// CPython alone, out of Pyodide's own WebAssembly: no `loadPyodide`, so nothing in its memory belongs to JavaScript.
//
// What this relies on in Pyodide: `pyodide.asm.mjs` exports the function that Emscripten makes, which takes
// `noInitialRun`, `preRun` and `instantiateWasm`; `API` holds what it asks for while it starts; two imports that
// `pyodide.mjs` adds; and the C API is exported.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import createModule from "pyodide/pyodide.asm.mjs";

const EPOCH = Number(process.env.SOURCE_DATE_EPOCH ?? 315532800) * 1000;

export const PYODIDE = readFileSync(fileURLToPath(import.meta.resolve("pyodide/pyodide.asm.wasm")));

/** Start CPython with these files, in base 64. Clock, entropy and hashes are the same each time. */
export async function boot(files, wasm = PYODIDE) {
  Date.now = () => EPOCH; // which Emscripten's file system stamps files with
  let instance, imports;
  const module = await createModule({
    noInitialRun: true,
    thisProgram: "/bin/python", // not this script, whose path would be frozen, too
    API: { config: { jsglobals: globalThis, env: {} }, runtimeEnv: {}, lockFilePromise: new Promise(() => {}) },
    preRun: [
      ({ ENV, FS }) => {
        Object.assign(ENV, { PYTHONHASHSEED: "0", PYTHONHOME: "/", HOME: "/", LANG: "C.UTF-8", TZ: "UTC" });
        FS.mkdirTree("/lib/python3.14/lib-dynload");
        for (const [name, content] of Object.entries(files)) {
          FS.mkdirTree(`/lib/python3.14/${name}`.replace(/\/[^/]*$/, ""));
          FS.writeFile(`/lib/python3.14/${name}`, Buffer.from(content, "base64"));
        }
      },
    ],
    instantiateWasm(wanted, done) {
      imports = wanted;
      const marker = Symbol("error");
      Object.assign(imports.env, {
        Jsv_GetError_import: () => marker,
        JsvError_Check: (value) => value === marker,
        emscripten_date_now: () => EPOCH,
        emscripten_get_now: () => 1000,
      });
      const memory = () => instance.exports.memory.buffer;
      Object.assign(imports.wasi_snapshot_preview1, {
        clock_time_get(_clock, _precision, at) {
          new DataView(memory()).setBigUint64(at, BigInt(EPOCH) * 1_000_000n, true);
          return 0;
        },
        random_get(at, count) {
          new Uint8Array(memory(), at, count).fill(7);
          return 0;
        },
      });
      WebAssembly.instantiate(wasm, imports).then((made) => {
        instance = made.instance;
        done(made.instance, made.module);
      });
      return {};
    },
  });
  module._Py_InitializeEx(0);
  return new Python(instance.exports, imports);
}

class Python {
  constructor(exports, imports) {
    this.exports = exports;
    this.imports = imports;
  }
  heap() {
    return new Uint8Array(this.exports.memory.buffer);
  }
  /** Where these bytes, and a zero after them, now stand; the caller frees them. */
  put(bytes) {
    const at = this.exports.malloc(bytes.length + 1);
    this.heap().set([...bytes, 0], at);
    return at;
  }
  /** The text that ends with the next zero. */
  text(at) {
    return Buffer.from(this.heap().subarray(at, this.heap().indexOf(0, at))).toString();
  }
  run(source) {
    const at = this.put(Buffer.from(source));
    if (this.exports.PyRun_SimpleString(at)) throw new Error(`Python raised while it ran: ${source.slice(0, 80)}`);
    this.exports.free(at);
  }
  /** The object of that name in what was run. */
  named(name) {
    const main = this.exports.PyImport_AddModule(this.put(Buffer.from("__main__")));
    return this.exports.PyObject_GetAttrString(main, this.put(Buffer.from(name)));
  }
}
