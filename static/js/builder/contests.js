// When to ask about texts that two people changed: by itself once nobody is in a field and no sheet
// is open, so that no key meant for a text answers; at once where somebody asks for it.

import { controlNamed, isControl } from "./elements.js";
import { labelOf } from "./fields.js";
import { sheetNamed, sheetOpen } from "./sheets.js";
import { showVersions } from "./versions.js";

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
    timer = setTimeout(() => isControl(document.activeElement) || ask(), PAUSE);
  }

  function ask() {
    const [contest] = desk.contests;
    if (!contest) return;
    if (sheetOpen()) return soon();
    const control = controlNamed(contest.control);
    showVersions(contest, control ? labelOf(control) : "", settle);
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

  function askLater() {
    if (desk.contests.length) soon();
  }

  form.addEventListener("focusout", askLater);
  desk.onChange(askLater);
  askLater();
  return ask;
}
