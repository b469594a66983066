// What was typed before the scripts were there, or brought back by the browser, becomes changes.

import { all, isControl } from "./elements.js";
import { clean } from "./posting.js";
import { setting } from "./replay.js";

/** @import { Desk } from "./types.d.ts" */

/** @param {Desk} desk @param {HTMLElement} form before any view has shown the posting in it */
export function takeEarly(desk, form) {
  const changes = all("[name$='.before']", form).flatMap((kept) => {
    const target = kept.getAttribute("name")?.slice(0, -".before".length) ?? "";
    const control = form.querySelector(`[name="${CSS.escape(target)}"]`);
    if (!isControl(kept) || !isControl(control)) return [];
    const before = clean(kept.value);
    const after = clean(control.value);
    return before === after ? [] : [setting(target, before, after)];
  });
  if (changes.length) desk.edit("Typing", changes);
}
