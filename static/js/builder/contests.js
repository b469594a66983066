// When to ask about texts that two people changed: once nobody types and no sheet is open.

import { controlNamed } from "./elements.js";
import { labelOf } from "./fields.js";
import { sheetNamed, sheetOpen } from "./sheets.js";

/** @import { Contest, Desk } from "./types.d.ts" */

const PAUSE = 1000;

/**
 * Returns what asks at once, where there is something to ask.
 * @param {Desk} desk
 * @param {HTMLElement} form
 * @param {() => void} save
 */
export function createContests(desk, form, save) {
  const sheet = sheetNamed("contest-sheet");
  let timer = 0;

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  async function ask() {
    if (!desk.contests.length) return;
    const words = sheetOpen() ? null : await import("./versions.js").catch(() => null);
    const [contest] = desk.contests;
    if (!contest) return;
    if (!words || sheetOpen()) return soon();
    const control = controlNamed(contest.control);
    words.showVersions(contest, control ? labelOf(control) : "", settle);
  }

  /**
   * Settles what was shown; what came while it was shown is asked about next.
   * @param {Contest} contest
   * @param {string} text
   * @param {boolean} [edit]
   */
  function settle({ control, theirs }, text, edit = false) {
    sheet.close();
    desk.settle(control, text, theirs);
    save();
    if (desk.contests.length && !edit) ask();
    else controlNamed(control)?.focus();
  }

  form.addEventListener("input", () => {
    if (desk.contests.length) soon();
  });
  desk.onChange(() => {
    if (desk.contests.length) soon();
  });
  return ask;
}
