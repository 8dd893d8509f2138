// Writes beside each file of a site that is worth it the same after Brotli, for hosts that send it as it lies there.
//
//     node calculator/compress.mjs SITE QUALITY KEPT
//
// QUALITY goes up to 11, which takes minutes: what it made of a content is kept in the folder KEPT, by the content.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const WORTH = /\.(css|html|js|json|mjs|svg|txt|wasm|webmanifest|whl|xml|zip)$/; // a wheel and the packs are stored, not packed
const LEAST = 1024; // bytes
const STRONGEST = constants.BROTLI_MAX_QUALITY;

/** A content after Brotli. The strongest is kept, and found again. */
export async function compressed(content, kept, quality = STRONGEST) {
  const file = join(kept, createHash("sha256").update(content).digest("hex"));
  if (quality === STRONGEST && existsSync(file)) return readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const made = await promisify(brotliCompress)(content, { params });
  if (quality === STRONGEST) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(`${file}.made`, made);
    renameSync(`${file}.made`, file); // whole, should this be stopped half-way
  }
  return made;
}

if (process.argv[1] === import.meta.filename) {
  const [site, quality, kept] = process.argv.slice(2);
  const files = readdirSync(site, { recursive: true }).map((name) => join(site, name));
  const worth = files.filter((file) => WORTH.test(file) && statSync(file).isFile() && statSync(file).size >= LEAST);
  await Promise.all(
    worth.map(async (file) => {
      const content = readFileSync(file);
      const made = await compressed(content, kept, Number(quality));
      if (made.length < content.length) writeFileSync(`${file}.br`, made);
    }),
  );
}
