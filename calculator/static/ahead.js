// For pages without a calculator, which lead to those with one: fetches what starts Python once the browser has nothing
// else to do, so that most visitors find it there. Not where bytes are dear: on a metered or saving connection.
import { quickest } from "./python.js";

const { saveData, type, effectiveType = "" } = navigator.connection ?? {};
const dear = saveData || type === "cellular" || effectiveType.endsWith("2g") || matchMedia("(prefers-reduced-data: reduce)").matches;

if (!dear) (globalThis.requestIdleCallback ?? setTimeout)(() => quickest().forEach(keep));

/** Fetch a file to the end, which is when the browser keeps it. */
async function keep(address) {
  try {
    await (await fetch(address, { priority: "low" })).arrayBuffer();
  } catch {
    // The calculator's own page asks for it again.
  }
}
