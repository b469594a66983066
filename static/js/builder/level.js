// Changing the level: a sheet shows every difference, and what is ticked becomes one step.

import { all, controlNamed, counted, find, make, onPress } from "./elements.js";
import { textAt } from "./posting.js";
import { openSheet, readPart, sheetNamed } from "./sheets.js";

/** @import { Say } from "./messages.js" */
/** @import { Change, Desk, LevelBase, Posting } from "./types.d.ts" */

const FLASH = 2000;
const UNSAVED = "The newest changes are not saved yet, so the level can not change. Try again.";

/**
 * @param {object} options
 * @param {Desk} options.desk
 * @param {string} options.url the page of the posting
 * @param {() => Promise<boolean>} options.flush
 * @param {Say} options.say
 */
export function createLevel({ desk, url, flush, say }) {
  const sheet = sheetNamed("level-sheet");
  /** @type {readonly string[]} */
  let changed = [];

  /** @param {string} level */
  async function open(level) {
    if (level === desk.posting.level) return;
    if (!await flush()) return say(UNSAVED, { error: true });
    const { html, message = "" } = await readPart(`${url}/levels/${level}?part=sheet`);
    if (!html) return say(message, { error: true });
    const part = make("div", {});
    part.innerHTML = html;
    openSheet(sheet, { title: find("form", part).dataset.title, body: [part] });
  }

  function count() {
    const ticked = all("[data-changes]:checked", sheet).length;
    const act = ticked ? `Apply ${counted(ticked, "change")}` : "Change level only";
    find(".button-main", sheet).textContent = act;
  }

  /** @param {Event} event */
  function apply(event) {
    event.preventDefault();
    const form = find("form", sheet);
    /** @type {LevelBase} */
    const before = JSON.parse(form.dataset.before ?? "");
    /** @type {LevelBase} */
    const after = JSON.parse(form.dataset.after ?? "");
    const rows = all("[data-changes]:checked", form);
    /** @type {Change[]} */
    const changes = rows.flatMap((box) => JSON.parse(box.dataset.changes ?? ""));
    sheet.close();
    const label = `${words(before.level)} to ${words(after.level).replace("L", "l")}`;
    desk.edit(label, [{ do: "change-level", before, after, changes }]);
    const applied = rows.length ? ` ${counted(rows.length, "change")} applied.` : "";
    say(`${words(after.level)}.${applied}`, { undo: desk.undo });
  }

  function mark() {
    for (const old of all(".changed-now")) old.classList.remove("changed-now");
    for (const target of changed) {
      for (const text of all(`[data-paper] [data-target="${CSS.escape(target)}"]`)) {
        text.classList.add("changed-now");
      }
    }
  }

  onPress("[data-level]", (button) => open(button.dataset.level ?? ""));
  sheet.addEventListener("change", count);
  sheet.addEventListener("submit", apply);
  desk.onChange(({ cause, before, posting, step }) => {
    if (cause !== "server") {
      const leveled = step && cause !== "undo" && before.level !== posting.level;
      changed = leveled ? changedTargets(before, posting) : [];
      changed.forEach(flash);
      mark();
    }
    for (const button of all("[data-level]")) {
      button.setAttribute("aria-pressed", `${button.dataset.level === posting.level}`);
    }
  });
  return Object.freeze({ mark });
}

/** @param {string} level */
function words(level) {
  return `Level ${find(`[data-level="${level}"]`).textContent?.trim()}`;
}

/** @param {Posting} before @param {Posting} posting */
function changedTargets(before, posting) {
  const names = [...Object.keys(posting), ...posting.lines.map(({ id }) => `line:${id}`)];
  return names.filter((name) => textAt(before, name) !== textAt(posting, name));
}

/** @param {string} name */
function flash(name) {
  const item = controlNamed(name)?.closest(".bullet, .field");
  item?.classList.add("flash");
  setTimeout(() => item?.classList.remove("flash"), FLASH);
}
