// CPython alone, out of Pyodide's own WebAssembly: no `loadPyodide`, so nothing in its memory belongs to JavaScript.
//
// What this relies on in Pyodide: `pyodide.asm.mjs` exports the function that Emscripten makes, which takes
// `noInitialRun`, `preRun` and `instantiateWasm`; `API` holds what it asks for while it starts; two imports that
// `pyodide.mjs` adds; and the C API is exported.
import createModule from "pyodide/pyodide.asm.mjs";

const EPOCH = Number(process.env.SOURCE_DATE_EPOCH ?? 315532800) * 1000;

/** Start CPython with these files; `wasm` is Pyodide's module. Clock, entropy and hashes are the same each time. */
export async function boot(wasm, files) {
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
          FS.writeFile(`/lib/python3.14/${name}`, content);
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
  return { exports: instance.exports, imports, heap: () => new Uint8Array(instance.exports.memory.buffer) };
}
