// Changing the level: a sheet shows every difference, and what is ticked becomes one step.

import { all, counted, find, make } from "./elements.js";
import { readPart } from "./part.js";
import { openSheet, sheetNamed } from "./sheets.js";

/** @import { Say } from "./messages.js" */
/** @import { Change, Desk, LevelBase, Posting } from "./types.d.ts" */

const OVERTAKEN = "Someone changed the level meanwhile. Nothing was applied.";
const OTHERS_STAND = "What others changed meanwhile stands.";
const UNSAVED = "The newest changes are not saved yet, so the level cannot change. Try again.";

/**
 * Returns what opens the sheet for a level.
 * @param {object} options
 * @param {Desk} options.desk
 * @param {string} options.url the page of the posting
 * @param {() => Promise<boolean>} options.flush
 * @param {Say} options.say
 * @param {typeof import("./posting.js").apply} options.apply
 */
export function createLevelSheet({ desk, url, flush, say, apply }) {
  const sheet = sheetNamed("level-sheet");

  /** @param {HTMLElement} button */
  async function open({ dataset: { level } }) {
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
  function take(event) {
    event.preventDefault();
    const form = find("form", sheet);
    /** @type {LevelBase} */
    const before = JSON.parse(form.dataset.before ?? "");
    /** @type {LevelBase} */
    const after = JSON.parse(form.dataset.after ?? "");
    const rows = all("[data-changes]:checked", form);
    /** @type {Change[]} */
    const changes = rows.flatMap(changesOf);
    sheet.close();
    const former = desk.posting;
    const label = `${words(before.level)} to ${words(after.level).replace("L", "l")}`;
    desk.edit(label, [{ do: "change-level", before, after, changes }]);
    if (desk.posting.level !== after.level) return say(OVERTAKEN, { error: true });
    const kept = rows.filter((box) => isOvertaken(former, box)).length;
    const applied = rows.length - kept;
    const parts = [applied && `${counted(applied, "change")} applied.`, kept && OTHERS_STAND];
    say([`${words(after.level)}.`, ...parts].filter(Boolean).join(" "), { undo: desk.undo });
  }

  /**
   * Whether somebody wrote something else where this row would write.
   * @param {Posting} posting
   * @param {HTMLElement} box
   */
  function isOvertaken(posting, box) {
    const written = changesOf(box).filter((change) => "before" in change);
    return apply(posting, written).conflicts.length > 0;
  }

  sheet.addEventListener("change", count);
  sheet.addEventListener("submit", take);
  return open;
}

/** @param {HTMLElement} box @returns {Change[]} */
function changesOf(box) {
  return JSON.parse(box.dataset.changes ?? "");
}

/** @param {string} level */
function words(level) {
  return `Level ${find(`[data-level="${level}"]`).textContent?.trim()}`;
}
