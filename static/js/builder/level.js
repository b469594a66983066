// What a change of the level leaves behind: its button pressed, and what it changed marked.

import { all, controlNamed } from "./elements.js";
import { textAt } from "./posting.js";

/** @import { Desk, Posting } from "./types.d.ts" */

const FLASH = 2000;

/**
 * Returns what marks the changed paragraphs again.
 * @param {Desk} desk
 */
export function createLevel(desk) {
  /** @type {readonly string[]} */
  let changed = [];

  function mark() {
    for (const old of all(".changed-now")) old.classList.remove("changed-now");
    for (const target of changed) {
      for (const text of all(`[data-paper] [data-target="${CSS.escape(target)}"]`)) {
        text.classList.add("changed-now");
      }
    }
  }

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
  return mark;
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
