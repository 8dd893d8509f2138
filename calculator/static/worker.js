// Python, off the page's own thread. It knows one function: a request in, an answer out. All that it loads
// lies beside this file.
import { loadPyodide } from "./pyodide.mjs";

const answer = loadPyodide({ packages: ["steunwijzer"] }).then((python) =>
  python.runPython("from calculator.answer import answer; lambda request: answer(request.to_bytes())"),
);

onmessage = async ({ data: { number, request } }) => {
  try {
    const reply = (await answer)(request);
    postMessage({ number, reply: reply.toJs() });
    reply.destroy();
  } catch (error) {
    postMessage({ number, failed: String(error) });
  }
};
