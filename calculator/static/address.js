// The page's address: a case lives in its fragment, which no server ever sees. Facts stand there by name,
// settings beside them with a leading underscore: #scheme=kmo_portefeuille&fee=1000&_share=outcome

/** The fragment as pairs, in order; what is badly escaped stays as it was. A link to a heading has none. */
export function pairs(fragment) {
  return fragment
    .replace(/^#/, "")
    .split("&")
    .filter((part) => part.includes("="))
    .map((part) => {
      const [name, ...value] = part.split("=");
      return [unescaped(name), unescaped(value.join("="))];
    });
}

/** Pairs as a fragment that people can read and edit. */
export function fragment(list) {
  return list.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&");
}

export const isSetting = ([name]) => name.startsWith("_");

/** Whether a setting tells of the answer that was shared, rather than of how the page is to be. */
export const isTold = ([name]) => /^_(law|support)$/.test(name);

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A plus between the members of a set, a slash in a day: neither needs escaping in a fragment.
const escaped = (text) => encodeURIComponent(text).replace(/%2B/g, "+").replace(/%2F/g, "/");
