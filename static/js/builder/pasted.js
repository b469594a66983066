// What was pasted into an item: its lines become items, also of the lists that its headings name.

import { counted } from "./elements.js";
import { readPaste } from "./paste.js";
export { readText } from "./paste.js";

/** @import { Tools } from "./lines.js" */
/** @import { Line, SectionKey } from "./types.d.ts" */
/**
 * @typedef {object} Pasted
 * @property {HTMLTextAreaElement} control
 * @property {number} start what it takes the place of, from here
 * @property {number} end to here
 * @property {string} html
 * @property {string} text
 */

/** Returns what puts it in. @param {Tools} tools */
export function createPasted({ desk, items, acts, announce, say }) {
  /** @param {Pasted} pasted */
  function intoItem(pasted) {
    const { control, start, end, html, text } = pasted;
    const groups = readPaste(html, text);
    const line = acts.placeOf(control.name.replace("line:", ""))?.line;
    if (!line || !groups.length) return;
    const lists = listsOf(groups, line.section, text);
    const here = lists.get(line.section) ?? [];
    lists.delete(line.section);
    const spot = { control: control.name, start, end };
    const put = here.length ? insertion(pasted, line, here) : null;
    const changes = put?.changes ?? [];
    for (const [section, lines] of lists) {
      const after = desk.posting.lines.findLast((other) => other.section === section)?.id ?? null;
      changes.push(...acts.adding(section, after, lines).changes);
    }
    const stays = document.activeElement !== control;
    if (!acts.edit("Pasting in", line.section, changes, { spot })) return;
    const row = put && items.rows.get(put.end);
    if (row) {
      // With the white space at its end, which the posting does not have.
      row.area.value = put.raw;
      if (!stays) items.focusLine(put.end, put.caret);
    }
    tell(line.section, here, lists);
  }

  /**
   * What goes where: the lines of each list.
   * @param {ReturnType<typeof readPaste>} groups
   * @param {SectionKey} here where lines go that no heading sends elsewhere
   * @param {string} text
   */
  function listsOf(groups, here, text) {
    /** @type {Map<SectionKey, string[]>} */
    const lists = new Map();
    for (const { section, lines } of groups) {
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
   * @param {Pasted} pasted
   * @param {Line} line
   * @param {readonly string[]} lines
   */
  function insertion({ control: { value, selectionEnd }, start, end }, line, lines) {
    const join = lines.length > 1 ? spaced : beside;
    // A list pasted behind a whole text stands below it.
    const below = lines.length > 1 && value.slice(0, start).trim() && !value.slice(end).trim();
    const texts = below
      ? [value.slice(0, start), ...lines]
      : [join(value.slice(0, start), lines[0]), ...lines.slice(1)];
    const last = texts.pop() ?? "";
    const raw = join(last, value.slice(end));
    // What was typed since stays before the caret.
    const caret = selectionEnd > end ? raw.length - value.length + selectionEnd : last.length;
    const [after, ...more] = [...texts, raw];
    const { ids, changes } = acts.adding(line.section, line.id, more);
    changes.unshift({ do: "set-line", line: line.id, before: line.text, after });
    return { end: ids.at(-1) ?? line.id, raw, caret, changes };
  }

  /**
   * @param {SectionKey} section
   * @param {readonly string[]} here
   * @param {ReadonlyMap<SectionKey, readonly string[]>} elsewhere
   */
  function tell(section, here, elsewhere) {
    const keys = [...(here.length ? [section] : []), ...elsewhere.keys()];
    const count = counted([here, ...elsewhere.values()].flat().length, "item");
    const place = keys.length > 1 ? counted(keys.length, "section") : items.sections[keys[0]].title;
    const words = `Pasted ${count} into ${place}.`;
    if (elsewhere.size) say(words, { undo: desk.undo });
    else if (here.length > 1) announce(words);
  }

  return intoItem;
}

/** @param {string} one @param {string} other */
function beside(one, other) {
  return one + other;
}

/** Not without a space where both say something. @param {string} one @param {string} other */
function spaced(one, other) {
  return one.trim() && other.trim() ? `${one.trimEnd()} ${other.trimStart()}` : one + other;
}
