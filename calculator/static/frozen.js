// Python, off the page's own thread, as it was frozen once it had started: a module to instantiate, nothing to load.
// It only has what a rule needs. Whatever else it wants (a file, a clock, chance) ends it: the page asks a fuller one.
let start;
const python = new Promise((resolve) => (start = resolve)); // a function: a request in, an answer out

onmessage = async ({ data: { module, number, request } }) => {
  try {
    if (module) start(open(module).ask);
    else postMessage({ number, reply: (await python)(request) });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
};

/** A frozen Python: what it exports, and how it is asked. */
export function open(module) {
  let missed;
  const provided = {
    _Py_CheckEmscriptenSignals_Helper: () => 0, // nobody interrupts
    emscripten_resize_heap: (wanted) => {
      const { byteLength } = c.memory.buffer;
      const pages = Math.ceil((Math.max(wanted >>> 0, byteLength * 1.2) - byteLength) / 65536);
      try {
        c.memory.grow(pages);
        return 1;
      } catch {
        return 0;
      }
    },
  };
  // What is thrown here could be caught on its way through Python: that it was wanted is remembered, too.
  const refuse = (name) => () => {
    missed ??= name;
    throw new Error(`${name} is missing`);
  };
  const imports = new Proxy({}, { get: (_, name) => provided[name] ?? refuse(name) });
  const { exports: c } = new WebAssembly.Instance(module, { env: imports, wasi_snapshot_preview1: imports });
  const stack = c.__stack_pointer.value;

  const ask = (request) => {
    const at = c.malloc(request.length + 1);
    new Uint8Array(c.memory.buffer).set(request, at);
    const asked = c.PyBytes_FromStringAndSize(at, request.length);
    c.free(at);
    const reply = c.PyObject_CallOneArg(c.answer.value, asked);
    const size = reply && c.PyBytes_Size(reply);
    if (!size || missed || c.__stack_pointer.value !== stack) throw new Error(missed ?? "no answer");
    const start = c.PyBytes_AsString(reply);
    const bytes = new Uint8Array(c.memory.buffer).slice(start, start + size);
    c._Py_DecRef(reply);
    c._Py_DecRef(asked);
    return bytes;
  };
  return { c, ask };
}
