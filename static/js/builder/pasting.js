// Pasting and dropping: into an item, where several lines make several items, and into fields.

import { counted, isControl } from "./elements.js";
import { idOf, isText } from "./lines.js";
import { readPaste, readText } from "./paste.js";
import { sectionLines } from "./posting.js";

/** @import { Control } from "./elements.js" */
/** @import { Tools } from "./lines.js" */
/** @import { Change, Line, SectionKey } from "./types.d.ts" */

/** @param {Tools} tools */
export function createPasting({ desk, view, acts, announce, say }) {
  /** Whether what is dragged comes from this page. */
  let inside = false;

  /** @param {HTMLTextAreaElement} area @param {DataTransfer} data */
  function intoItem(area, data) {
    const line = acts.placeOf(idOf(area))?.line;
    if (!line) return;
    const lists = listsOf(data, line.section);
    if (!lists.size) return;
    const here = lists.get(line.section) ?? [];
    lists.delete(line.section);
    const { end, raw, caret, changes } = insertion(area, line, here);
    for (const [section, lines] of lists) {
      const last = sectionLines(desk.posting, section).at(-1)?.id ?? null;
      changes.push(...acts.adding(section, last, lines).changes);
    }
    const spot = { control: area.name, start: area.selectionStart, end: area.selectionEnd };
    if (!acts.edit("Pasting in", line.section, changes, { spot })) return;
    if (here.length) {
      const row = view.rows.get(end);
      if (row) row.area.value = raw;
      view.focusLine(end, caret);
    }
    tell(line.section, here, lists);
  }

  /**
   * What goes where: the lines of each list.
   * @param {DataTransfer} data
   * @param {SectionKey} here where lines go that no heading sends elsewhere
   */
  function listsOf(data, here) {
    const text = data.getData("text/plain");
    /** @type {Map<SectionKey, string[]>} */
    const lists = new Map();
    for (const { section, lines } of readPaste(data.getData("text/html"), text)) {
      const key = section ?? here;
      lists.set(key, [...lists.get(key) ?? [], ...lines]);
    }
    const lines = lists.get(here);
    // Words copied with a space at their side are put between others.
    if (lists.size === 1 && lines?.length === 1) {
      lines[0] = `${/^[ \xa0]/.test(text) ? " " : ""}${lines[0]}${
        /[ \xa0]$/.test(text) ? " " : ""
      }`;
    }
    return lists;
  }

  /**
   * The first line goes behind the text before the caret, the last before the text behind it.
   * @param {HTMLTextAreaElement} area
   * @param {Line} line
   * @param {readonly string[]} lines
   */
  function insertion(area, line, lines) {
    const head = area.value.slice(0, area.selectionStart);
    const tail = area.value.slice(area.selectionEnd);
    const texts = lines.length > 1 ? [...lines] : [head + (lines[0] ?? "")];
    if (lines.length > 1) texts[0] = spaced(head, texts[0]);
    const [first, ...more] = texts;
    const caret = (more.at(-1) ?? first).length;
    const raw = more.length ? spaced(more[more.length - 1], tail) : first + tail;
    if (more.length) more[more.length - 1] = raw;
    const { ids, changes } = acts.adding(line.section, line.id, more);
    /** @type {Change[]} */
    const set = [];
    if (lines.length) {
      const after = more.length ? first : raw;
      set.push({ do: "set-line", line: line.id, before: line.text, after });
    }
    return { end: ids.at(-1) ?? line.id, raw, caret, changes: [...set, ...changes] };
  }

  /**
   * @param {SectionKey} section
   * @param {readonly string[]} here
   * @param {ReadonlyMap<SectionKey, readonly string[]>} elsewhere
   */
  function tell(section, here, elsewhere) {
    const keys = [...(here.length ? [section] : []), ...elsewhere.keys()];
    const count = counted([here, ...elsewhere.values()].flat().length, "item");
    const place = keys.length > 1 ? counted(keys.length, "section") : view.sections[keys[0]].title;
    const words = `Pasted ${count} into ${place}.`;
    if (elsewhere.size) say(words, { undo: desk.undo });
    else if (here.length > 1) announce(words);
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const { target, clipboardData: data } = event;
    if (!data || !isControl(target) || !target.closest("#posting-form")) return;
    if (isText(target)) intoItem(target, data);
    else if (!intoField(target, data)) return;
    event.preventDefault();
  }

  /** @param {DragEvent} event */
  function drop(event) {
    const { target, dataTransfer: data, clientX, clientY } = event;
    if (inside || !data || !isText(target)) return;
    event.preventDefault();
    const at = document.caretPositionFromPoint?.(clientX, clientY);
    const caret = at?.offsetNode === target ? at.offset : target.value.length;
    view.focusLine(idOf(target), caret);
    intoItem(target, data);
  }

  /** A file, or a link dropped beside a field, would take the place of the page. */
  function over(/** @type {DragEvent} */ event) {
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

/** Whether several lines were put into a field by us. @param {Control} field @param {DataTransfer} data */
function intoField(field, data) {
  const text = data.getData("text/plain");
  if (field instanceof HTMLSelectElement || !/[\r\n\t]/.test(text)) return false;
  const plain = field instanceof HTMLInputElement
    ? text.replace(/\s+/g, " ").trim()
    : readText(text);
  field.setRangeText(plain, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  return true;
}

/** Two texts as one. @param {string} one @param {string} other */
function spaced(one, other) {
  return one.trim() && other.trim() ? `${one.trimEnd()} ${other.trimStart()}` : one + other;
}
