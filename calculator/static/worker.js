// Python, off the page's own thread, as Pyodide starts it: "stock" as it comes, or "small" with less in it, as this
// worker's name says. It knows one function: a request in, an answer out. All that it loads lies beside this file.
import { loadPyodide } from "./pyodide.mjs";

// Pyodide waits for ever for what does not come, or comes broken: the page is told at once.
const fetched = fetch;
self.fetch = async (...request) => {
  const response = await watched(fetched(...request));
  if (!response.ok) tell(response.statusText);
  return response;
};
const started = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = (...module) => watched(started(...module));

const LOCK = "{{ lock }}"; // written here by the build, as nothing is fetched to say that there are no packages
const starts = {
  stock: {
    settings: { packages: ["steunwijzer"] },
    enter: "from calculator.answer import answer",
  },
  small: {
    settings: { stdLibURL: new URL("small.zip", import.meta.url).href, lockFileContents: LOCK },
    enter: `
import sys, zipfile
with zipfile.ZipFile("/lib/python314.zip") as pack:
    pack.extractall("/", [name for name in pack.namelist() if name.startswith("site-packages/")])
sys.path.append("/site-packages")
from calculator.sealed import answer`,
  },
};

const { settings, enter } = starts[self.name];
const answer = loadPyodide(settings).then((python) =>
  python.runPython(`${enter}\nlambda request: answer(request.to_bytes())`),
);

onmessage = async ({ data: { number, request } }) => {
  try {
    const reply = (await answer)(request);
    const bytes = reply.toJs();
    reply.destroy();
    if (bytes.length) postMessage({ number, reply: bytes });
    else tell("a module is missing");
  } catch (error) {
    tell(error);
  }
};

function watched(promise) {
  promise.catch(tell);
  return promise;
}

function tell(problem) {
  postMessage({ failed: String(problem) });
}
