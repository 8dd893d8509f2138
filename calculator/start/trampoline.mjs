// CPython calls functions in C through pointers of the wrong type, which WebAssembly refuses. Pyodide's JavaScript
// makes a function that looks what type the pointer really has, and puts it into the table of functions. A frozen
// Python gets an equal one of its own.
//
// What this relies on in Pyodide: the place in CPython's state that holds the function's number.
import { END, number, signed } from "./module.mjs";

const [I32, FUNCREF] = [0x7f, 0x70];
const GET = 0x20;
const SET = 0x21;
const SUCCESS = 0; // the parameters: where to note success, the pointer, and up to three arguments
const POINTER = 1;
const FIRST = 2;
const HELD = 5; // a local: the function that the pointer stands for

/** The function, for a module of these types, and the word of memory that is to hold its number. */
export function trampoline(types) {
  const taking = (count) => {
    const found = types.indexOf(`60${count.toString(16).padStart(2, "0")}${"7f".repeat(count)}017f`);
    if (found < 0) throw new Error(`Pyodide has no type of functions that take ${count} arguments`);
    return found;
  };
  const body = [1, 1, FUNCREF]; // one local
  body.push(GET, SUCCESS, 0x41, 1, 0x36, 2, 0); // i32.store
  body.push(GET, POINTER, 0x25, 0, SET, HELD); // table.get
  for (const count of [3, 2, 1, 0]) {
    body.push(GET, HELD, 0xfb, 0x14, ...signed(taking(count)), 0x04, 0x40); // ref.test, if
    for (let argument = 0; argument < count; argument++) body.push(GET, FIRST + argument);
    body.push(GET, POINTER, 0x11, ...number(taking(count)), 0, 0x0f, END); // call_indirect, return
  }
  // Pyodide notes a failure here, and CPython raises an exception, which the rules could catch and answer otherwise.
  // A place of the table that freezing left empty has to end this Python instead.
  body.push(0x00, END); // unreachable
  return {
    function: { type: taking(5), body: Buffer.from(body) },
    place: (c, words) => (c._PyRuntime.value + words[c._PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET.value >> 2]) >> 2,
  };
}
