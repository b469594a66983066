// The sheet of lines that the library has for this role, or for others. Adding keeps it open.

import { all, counted, find, make, onPress } from "./elements.js";
import { readPart } from "./part.js";
import { openSheet, sheetNamed } from "./sheets.js";

/** @import { Say } from "./messages.js" */
/** @import { BuilderData, Desk, SectionKey } from "./types.d.ts" */

/**
 * Returns what opens the sheet, from the list of a section.
 * @param {object} options
 * @param {Desk} options.desk
 * @param {string} options.url the page of the posting
 * @param {BuilderData["sections"]} options.sections
 * @param {Say} options.say
 * @param {() => string} options.newId
 */
export function createLibrary({ desk, url, sections, say, newId }) {
  const sheet = sheetNamed("library-sheet");
  const search = make("input", { type: "search", id: "library-search", autocomplete: "off" });
  const label = make("label", { for: search.id }, "Search these lines");
  const said = make("p", { class: "hint", role: "status" });
  const part = make("div", { class: "stack" });

  /** @param {HTMLElement} button */
  async function open({ dataset: { library: section } }) {
    const { html, message = "" } = await readPart(`${url}/library`);
    if (!html) return say(message, { error: true });
    search.value = "";
    fill(html);
    const [first] = all(".sheet-group", part);
    const asked = part.querySelector(`[aria-labelledby="library-${section}"]`);
    if (asked) first.before(asked);
    const field = make("div", { class: "field" }, label, said, search);
    openSheet(sheet, { body: [field, part] });
  }

  /** @param {Event} event */
  async function change({ target }) {
    if (!(target instanceof HTMLSelectElement)) return;
    const { html, message } = await readPart(`${url}/library?role=${target.value}`);
    if (!target.isConnected) return;
    if (html) fill(html);
    else said.textContent = message ?? "";
    find("[data-role]", part).focus();
  }

  /** @param {string} html */
  function fill(html) {
    part.innerHTML = html;
    for (const row of all("li", part)) if (isHere(row)) row.remove();
    filter();
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const row of all("li", part)) {
      row.hidden = !words.every((word) => textOf(row).toLowerCase().includes(word));
      if (!row.hidden) count++;
    }
    for (const group of all(".sheet-group", part)) {
      group.hidden = all("li", group).every((row) => row.hidden);
    }
    said.textContent = count ? counted(count, "line") : "No lines";
  }

  /** @param {HTMLElement} row */
  function isHere(row) {
    const { origin } = row.dataset;
    const text = textOf(row);
    return desk.posting.lines.some((line) => origin ? line.origin === origin : line.text === text);
  }

  /** @param {HTMLElement} button */
  function add(button) {
    const row = button.closest("li");
    if (!row || isHere(row)) return;
    const section = /** @type {SectionKey} */ (row.dataset.section);
    const { title, noun } = sections[section];
    desk.edit(`Add to ${title}`, [{
      do: "add-line",
      line: newId(),
      section,
      text: textOf(row),
      after: null,
      origin: row.dataset.origin || null,
    }]);
    button.textContent = "Added";
    button.setAttribute("aria-disabled", "true");
    const count = desk.posting.lines.filter((line) => line.section === section).length;
    said.textContent = `Added. ${counted(count, noun)}`;
  }

  onPress("[data-add-offer]", add);
  search.addEventListener("input", filter);
  part.addEventListener("change", change);
  return open;
}

/** @param {HTMLElement} row */
function textOf(row) {
  return find("[data-text]", row).textContent ?? "";
}
