"""What only known pointers lead to goes out of a quick Python; they then lead nowhere, and to read there is a trap."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
NOWHERE = 0xF000_0000

# A module of one page, filled from 100 to 500, and one function, which names the number 320. It tells its memory after.
MODULE = """
import * as module from "./calculator/start/module.mjs";
import { without } from "./calculator/start/unread.mjs";
const { SECTION, list } = module;
const { words, tables } = JSON.parse(process.argv[1]);
const memory = new Uint8Array(module.PAGE).fill(1, 100, 500);
for (const [at, word] of words) new Uint32Array(memory.buffer)[at / 4] = word;
const sections = new Map([
  [SECTION.type, list([[0x60, 0, 0]])],
  [SECTION.function, list([[0]])],
  [SECTION.memory, list([[1, 1, 1]])],
  [SECTION.global, list([])],
  [SECTION.code, module.coding([Buffer.from([0, 0x41, ...module.signed(320), 0x1a, module.END])])],
]);
const left = module.memory(without(tables, module.remembering(sections, memory)));
console.log(JSON.stringify({ words: [...new Uint32Array(left.buffer, 0, 25)], bytes: [...left.subarray(100, 500)] }));
"""


class Table(NamedTuple):
    pointer: int | None
    start: int
    end: int
    reach: int = 0
    text: str = ""


def left(*tables: Table, also: tuple[tuple[int, int], ...] = ()) -> tuple[dict[int, int], set[int]]:
    """The words below 100 that hold something, and the places from 100 on that still do."""
    words = [*((table.pointer, table.start) for table in tables if table.pointer), *also]
    given = json.dumps({"words": words, "tables": [table._asdict() for table in tables]})
    run = ["node", "--input-type=module", "--eval", MODULE, given]
    told = json.loads(subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    held = {4 * index: word for index, word in enumerate(told["words"]) if word}
    return held, {100 + index for index, byte in enumerate(told["bytes"]) if byte}


def test_a_table_that_one_pointer_leads_to_goes():
    words, bytes = left(Table(8, 200, 240))
    assert words == {8: NOWHERE}
    assert bytes == {*range(100, 500)} - {*range(200, 240)}


def test_a_table_that_another_word_leads_to_stays():
    words, bytes = left(Table(8, 200, 240), also=((16, 200),))
    assert words == {8: 200, 16: 200}
    assert bytes == {*range(100, 500)}


def test_a_text_whose_end_a_word_leads_to_stays():
    words, bytes = left(Table(8, 200, 240, text="of a name"), also=((16, 236),))
    assert words == {8: 200, 16: 236}
    assert bytes == {*range(100, 500)}


def test_a_table_in_which_code_names_a_place_stays():
    words, bytes = left(Table(8, 300, 340), Table(12, 340, 360), Table(16, 310, 320))
    assert words == {8: 300, 12: NOWHERE, 16: NOWHERE}
    assert bytes == {*range(100, 500)} - {*range(340, 360)}  # what two share stays with the one that does


def test_a_table_with_several_pointers_goes_from_all():
    words, bytes = left(Table(8, 400, 420), Table(12, 400, 420), Table(16, 410, 420))
    assert {*words.values()} == {NOWHERE}
    assert bytes == {*range(100, 500)} - {*range(400, 420)}


def test_an_area_without_pointers_goes_where_code_names_no_place_in_it_or_shortly_before():
    assert left(Table(None, 400, 420))[1] == {*range(100, 500)} - {*range(400, 420)}
    assert left(Table(None, 400, 420, reach=79))[1] == {*range(100, 500)} - {*range(400, 420)}
    assert left(Table(None, 400, 420, reach=80))[1] == {*range(100, 500)}
    assert left(Table(None, 300, 420))[1] == {*range(100, 500)}


def test_the_areas_are_empty_in_what_visitors_get():
    code = """
      import { readFileSync } from "node:fs";
      import * as module from "./calculator/start/module.mjs";
      import { AREAS } from "./calculator/start/unread.mjs";
      const memory = module.memory(module.read(readFileSync("build/site/py/pruned-en.wasm")));
      console.log(AREAS.map(({ start, end }) => memory.subarray(start, end).some(Boolean)).join(" "));
    """
    run = ["node", "--input-type=module", "--eval", code]
    assert subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout == "false false\n"


def test_of_pyodide_itself_most_goes_and_no_memory_grows_to_where_its_pointers_lead(page):
    page.goto("/en/about/")
    gone, grown = page.evaluate(
        """async ([file, nowhere]) => {
          const { open } = await import("/py/frozen.js");
          const { c } = open(await WebAssembly.compileStreaming(fetch(file)));
          const words = new Uint32Array(c.memory.buffer);
          let grown = true;
          try {
            c.memory.grow((nowhere - c.memory.buffer.byteLength) / 65536 + 1);
          } catch {
            grown = false;
          }
          return [words.filter((word) => word === nowhere).length, grown];
        }""",
        ["/py/pruned-en.wasm", NOWHERE],
    )
    assert gone > 3_000
    assert not grown
