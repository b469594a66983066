// The keys of the builder, and its undo in place of the browser's.

import { all, controlNamed, find, onPress } from "./elements.js";
import { textAt } from "./posting.js";
import { announce } from "./messages.js";
import { openSheet, sheetNamed, sheetOpen } from "./sheets.js";

/** @import { Change, Desk, DeskEvent } from "./types.d.ts" */

const FIELDS = "input, select, textarea, [contenteditable]";
const LETTERS_OFF = document.documentElement.dataset.letterKeys === "off";

/**
 * @param {object} options
 * @param {Desk} options.desk
 * @param {HTMLElement} options.form
 * @param {() => void} options.save
 * @param {() => void} options.closeMessage
 */
export function createShortcuts({ desk, form, save, closeMessage }) {
  /** @type {{readonly [key: string]: () => void}} */
  const single = {
    p: switchView,
    "?": () => openSheet(sheetNamed("keys-sheet")),
  };

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    // The sheet of sections changes the posting, and can be taken back in it.
    if (sheetOpen() && !sheetNamed("arrange-sheet").open) return;
    if (key === "Escape") return closeMessage();
    const field = target instanceof Element && target.closest(FIELDS);
    const command = event.ctrlKey || event.metaKey;
    const act = command ? commandOf(event, field) : field || LETTERS_OFF ? undefined : single[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {KeyboardEvent} event @param {Element | null | false} field */
  function commandOf({ key, shiftKey }, field) {
    const letter = key.toLowerCase();
    if (letter === "s") return save;
    if (field && !form.contains(field)) return undefined;
    if (letter === "y" || (letter === "z" && shiftKey)) return desk.redo;
    return letter === "z" ? desk.undo : undefined;
  }

  /** @param {InputEvent} event */
  function ownUndo(event) {
    const redo = event.inputType === "historyRedo";
    if (!redo && event.inputType !== "historyUndo") return;
    event.preventDefault();
    // The browser would also go on from a field elsewhere into the posting.
    if (!form.contains(document.activeElement)) return;
    if (redo) desk.redo();
    else desk.undo();
  }

  function showStates() {
    disable("[data-undo]", !desk.canUndo);
    disable("[data-redo]", !desk.canRedo);
  }

  document.addEventListener("keydown", press);
  form.addEventListener("beforeinput", ownUndo, true);
  onPress("[data-undo]", () => desk.undo());
  onPress("[data-redo]", () => desk.redo());
  onPress("[data-keys]", single["?"]);
  desk.onChange((event) => {
    showStates();
    if (event.cause !== "undo" && event.cause !== "redo") return;
    announce(`${event.cause === "undo" ? "Undone" : "Done again"}: ${event.step?.label}`);
    if (!sheetOpen()) goBack(event);
  });
  showStates();
}

/** @param {string} selector @param {boolean} disabled */
function disable(selector, disabled) {
  for (const button of all(selector)) button.setAttribute("aria-disabled", `${disabled}`);
}

/**
 * The caret goes to the end of what an undo or redo changed.
 * @param {DeskEvent} event
 */
function goBack({ cause, step, before, posting }) {
  if (!step) return;
  const name = step.spot?.control ?? addedBy(cause === "undo" ? step.inverse : step.changes);
  const control = controlNamed(name);
  if (!control) return;
  control.focus();
  if (control instanceof HTMLSelectElement) return;
  const at = endOfChange(textAt(before, control.name) ?? "", textAt(posting, control.name) ?? "");
  control.setSelectionRange(at, at);
}

/** The item that came back, where nothing says where the caret was. @param {readonly Change[]} changes */
function addedBy(changes) {
  const added = changes.find((change) => change.do === "add-line");
  return added ? `line:${added.line}` : "";
}

/** @param {string} before @param {string} after */
function endOfChange(before, after) {
  let same = 0;
  const most = Math.min(before.length, after.length);
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same++;
  return after.length - same;
}

/** On narrow screens one of the two views shows; on wide ones the preview takes the focus. */
function switchView() {
  const preview = find("#preview");
  const both = find("#edit").checkVisibility() && preview.checkVisibility();
  if (both) preview.focus();
  else location.hash = preview.checkVisibility() ? "edit" : "preview";
}
