// For pages without a calculator, which lead to those with one: fetches what starts Python once the browser has nothing
// else to do, so that most visitors find it there. Not where bytes are dear: on a metered or saving connection.
import { FILES, ways } from "./python.js";

const [way] = ways;
const { saveData, type } = navigator.connection ?? {};

async function keep(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  await answer.arrayBuffer(); // the browser keeps what came to its end
}

if (way in FILES && !saveData && type !== "cellular") {
  (self.requestIdleCallback ?? setTimeout)(() => ["frozen.js", FILES[way]()].forEach((file) => keep(file).catch(() => {})));
}
