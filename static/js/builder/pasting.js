// Pasting and dropping: into an item, where several lines make several items, and into fields.

import { isControl } from "./elements.js";
import { idOf, isText } from "./items.js";

/** @import { Tools } from "./lines.js" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @param {Tools} tools */
export function createPasting(tools) {
  /** Whether what is dragged comes from this page. */
  let inside = false;
  /** What has the latest of the words that wait. @type {Field | null} */
  let waiting = null;
  /** @type {ReturnType<typeof load> | null} */
  let loading = null;

  /** What reads a clipboard comes with the first paste. */
  async function load() {
    try {
      const { createPasted, readText } = await import("./pasted.js");
      return { intoItem: createPasted(tools), readText };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      loading = null;
      return null;
    }
  }

  /** @param {Field} field @param {DataTransfer} data */
  async function take(field, data) {
    // The data is gone as soon as anything is waited for, and the caret may go elsewhere.
    const [html, text] = [data.getData("text/html"), data.getData("text/plain")];
    const follows = waiting === field;
    let spot = spotOf(field);
    waiting = field;
    const reader = await (loading ??= load());
    waiting = null;
    // Behind other words that waited is where these have left the caret.
    if (follows && isField(document.activeElement)) spot = spotOf(document.activeElement);
    const { control, value, start, end } = spot;
    const same = control.value.slice(start, end) === value.slice(start, end);
    const pasted = { start, end: same ? end : start, html, text };
    if (reader && isText(control)) reader.intoItem({ control, ...pasted });
    else write(spot, pasted.end, reader ? reader.readText(text) : text);
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const { target, clipboardData: data } = event;
    if (!data || !isField(target) || !target.closest("#posting-form")) return;
    // One line is left to the browser in a field.
    if (!isText(target) && !/[\r\n\t]/.test(data.getData("text/plain"))) return;
    event.preventDefault();
    take(target, data);
  }

  /** @param {DragEvent} event */
  function drop(event) {
    const { target, dataTransfer: data, clientX, clientY } = event;
    if (inside || !data || !isText(target)) return;
    event.preventDefault();
    const at = document.caretPositionFromPoint?.(clientX, clientY);
    const caret = at?.offsetNode === target ? at.offset : target.value.length;
    tools.items.focusLine(idOf(target), caret);
    take(target, data);
  }

  /**
   * A file, or a link dropped beside a field, would take the place of the page.
   * @param {DragEvent} event
   */
  function over(event) {
    const data = event.dataTransfer;
    if (!data || (isControl(event.target) && !data.types.includes("Files"))) return;
    event.preventDefault();
    data.dropEffect = "none";
  }

  document.addEventListener("paste", paste);
  document.addEventListener("dragstart", () => (inside = true));
  document.addEventListener("dragend", () => (inside = false));
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
}

/** @param {EventTarget | null} target @returns {target is Field} */
function isField(target) {
  return isControl(target) && !(target instanceof HTMLSelectElement);
}

/** @param {Field} control */
function spotOf(control) {
  const { value, selectionStart, selectionEnd } = control;
  return { control, value, start: selectionStart ?? 0, end: selectionEnd ?? 0 };
}

/** @param {ReturnType<typeof spotOf>} spot @param {number} end @param {string} text */
function write({ control, value, start }, end, text) {
  const words = control instanceof HTMLInputElement ? text.replace(/\s+/g, " ") : text;
  const most = control.value.length;
  const caret = control.value === value ? "end" : "preserve";
  control.setRangeText(words, Math.min(start, most), Math.min(end, most), caret);
  control.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}
