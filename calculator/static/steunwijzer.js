// The loader for pages that embed Steunwijzer. It gives each frame the height of its content and hands on
// what the frame tells:
//
//   <iframe data-steunwijzer src="https://.../embed/v1/nl/kmo_portefeuille/" title="..."></iframe>
//   <script src="https://.../embed/v1/steunwijzer.js" async></script>
//
// A frame whose address says _share=outcome fires "steunwijzer:outcome" and "steunwijzer:error".
(() => {
  const TALLEST = 30000; // pixels; what asks for more is no calculator
  const MOST = 30; // changes of height in a second: beyond that the page and the frame chase each other
  const frames = new Map();

  function attach(frame) {
    if (frames.has(frame)) return;
    frames.set(frame, { origin: new URL(frame.src, document.baseURI).origin, changes: [] });
    frame.addEventListener("load", () => greet(frame));
    greet(frame);
  }

  // To whatever origin: a frame that is still empty would otherwise be told of as an error, and a greeting
  // holds nothing private.
  function greet(frame) {
    frame.contentWindow?.postMessage({ steunwijzer: 1, type: "hello" }, "*");
  }

  function resize(frame, known, height) {
    if (!Number.isInteger(height) || height <= 0 || height > TALLEST) return;
    const now = performance.now();
    known.changes = known.changes.filter((time) => now - time < 1000);
    if (known.changes.length >= MOST) return;
    known.changes.push(now);
    frame.style.height = `${height}px`;
  }

  addEventListener("message", ({ data, source, origin }) => {
    if (data?.steunwijzer !== 1) return;
    const [frame, known] = [...frames].find(([frame]) => frame.contentWindow === source) ?? [];
    if (!frame || origin !== known.origin) return;
    if (data.type === "height") resize(frame, known, data.height);
    const details = { ready: data.contract, outcome: data.outcome, error: data.errors };
    if (Object.hasOwn(details, data.type)) {
      frame.dispatchEvent(new CustomEvent(`steunwijzer:${data.type}`, { bubbles: true, detail: details[data.type] }));
    }
  });

  const find = () => document.querySelectorAll("iframe[data-steunwijzer]").forEach(attach);
  find();
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", find);
})();
