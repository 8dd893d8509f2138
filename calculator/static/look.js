// A host's wishes for the look of an embed, kept within what people can read.
const LEAST_CONTRAST = 4.5;
const GROUNDS = { "--sw-accent-light": [255, 255, 255], "--sw-accent-dark": [22, 26, 31] }; // as in calculator.css
const SMALLEST = 12;
const LARGEST = 24;

/** An accent colour such as "0a6e5c", as custom properties for light and dark grounds; none if it is no colour. */
export function accents(text) {
  const digits = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text ?? "");
  if (!digits) return [];
  const wanted = digits.slice(1).map((pair) => parseInt(pair, 16));
  return Object.entries(GROUNDS).map(([name, ground]) => [name, `rgb(${readable(wanted, ground).join(" ")})`]);
}

/** A size of text in pixels, within bounds; none if it is no number. */
export function size(text) {
  const wanted = Number(text);
  return wanted ? `${Math.min(Math.max(wanted, SMALLEST), LARGEST)}px` : "";
}

/** The colour, mixed with as little of the ground's opposite as makes it readable. */
function readable(colour, ground) {
  const opposite = luminance(ground) > 0.5 ? 0 : 255;
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = colour.map((part) => Math.round(part + (opposite - part) * share));
    if (contrast(mixed, ground) >= LEAST_CONTRAST) return mixed;
  }
  return [opposite, opposite, opposite];
}

// Contrast as the Web Content Accessibility Guidelines define it.
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
