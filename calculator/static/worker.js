// Python, off the page's own thread. It knows one function: a request in, an answer out. All that it loads
// lies beside this file.
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

const answer = loadPyodide({ packages: ["steunwijzer"] }).then((python) =>
  python.runPython("from calculator.answer import answer; lambda request: answer(request.to_bytes())"),
);

onmessage = async ({ data: { number, request } }) => {
  try {
    const reply = (await answer)(request);
    postMessage({ number, reply: reply.toJs() });
    reply.destroy();
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
