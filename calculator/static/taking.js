// Taking an answer along: what Python wrote into the page is copied, saved as a file, or printed.
const page = document.documentElement;

/** Listen to the buttons of a section. On paper, who has a case gets its sheet in place of the page. */
export function takeAlong(section) {
  section.querySelector("[data-setting=page]").value = location.href.split("#")[0];
  section.addEventListener("click", async ({ target }) => {
    const { copy, save: kept, print: printed, file, type } = target.dataset;
    const text = section.querySelector(`[data-put="${copy ?? kept}"]`);
    tell(section);
    if (copy) tell(target.parentElement, await copied(text));
    if (kept) save(text.textContent, file, type);
    if (printed !== undefined) {
      page.dataset.sheet = "";
      print();
    }
  });
}

/** Let the visitor keep a text as a file. */
export function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Copy what an element holds. It is selected, too: where a browser lets nobody copy, the visitor still can. */
async function copied(element) {
  getSelection().selectAllChildren(element);
  try {
    await navigator.clipboard.writeText(element.textContent);
    return "copied";
  } catch {
    return document.execCommand("copy") ? "copied" : "selected";
  }
}

function tell(section, what) {
  for (const line of section.querySelectorAll("[data-told]")) line.hidden = line.dataset.told !== what;
}
