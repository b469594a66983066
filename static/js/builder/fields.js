// Fields and parts of places: what is typed goes to the desk, what the desk holds is shown.

import { find, isControl } from "./elements.js";
import { clean, textAt } from "./posting.js";
import { setting } from "./replay.js";

/** @import { Control } from "./elements.js" */
/** @import { Desk, Spot } from "./types.d.ts" */

/**
 * The words beside a control.
 * @param {Control} control
 */
export function labelOf(control) {
  return control.labels?.[0]?.firstChild?.textContent?.trim() ?? control.ariaLabel ?? "";
}

/** @param {Control} control @returns {Spot} */
function spotOf(control) {
  const at = control instanceof HTMLSelectElement ? 0 : control.selectionStart ?? 0;
  return { control: control.name, start: at, end: at };
}

/**
 * @param {Desk} desk
 * @param {HTMLElement} form
 */
export function createFields(desk, form) {
  const title = find("[data-title]");

  /** @param {Event} event */
  function take({ target: control }) {
    if (!isControl(control) || control.name.startsWith("line:")) return;
    const before = textAt(desk.posting, control.name);
    const after = clean(control.value);
    if (before === null || before === after) return;
    const options = { merge: control.name, spot: spotOf(control) };
    desk.edit(`Typing in ${labelOf(control)}`, [setting(control.name, before, after)], options);
  }

  function show() {
    for (const control of form.querySelectorAll("input, select, textarea")) {
      if (!isControl(control) || control.name.startsWith("line:")) continue;
      const text = textAt(desk.posting, control.name);
      if (text !== null && clean(control.value) !== text) control.value = text;
    }
    title.textContent = desk.posting.title || "Untitled posting";
    document.title = `${title.textContent} - jobdesc`;
  }

  form.addEventListener("input", take);
  desk.onChange(show);
}
