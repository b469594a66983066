// What is typed in the items of a list, and the keys that split, join, leave and move them.

import { onPress, whenReleased } from "./elements.js";
import { idOf, isText } from "./items.js";
import { byId, clean, controlOf, sectionLines } from "./posting.js";
import { setting } from "./replay.js";

/** @import { Tools } from "./lines.js" */
/** @import { Line, SectionKey, Step } from "./types.d.ts" */
/** @typedef {NonNullable<ReturnType<Tools["acts"]["placeOf"]>>} Place */

/** @param {Tools} tools */
export function createTyping({ desk, items, acts }) {
  /** Items that are empty by this person's doing. @type {Set<string>} */
  const begun = new Set();
  /** The newest step. @type {Step | null} */
  let latest = null;
  /** The item that the newest step parted from the one above. */
  let parted = "";
  /** Whether the key that is down belongs to an input method. */
  let composing = false;

  /** @param {EventTarget | null} area */
  function take(area) {
    const line = isText(area) && acts.placeOf(idOf(area))?.line;
    if (!line || line.text === clean(area.value)) return;
    const { name, selectionStart: start, selectionEnd: end } = area;
    const spot = { control: name, start, end };
    const title = items.sections[line.section].title;
    desk.edit(`Typing in ${title}`, [setting(name, line.text, clean(area.value))], {
      merge: name,
      spot,
    });
  }

  /** @param {HTMLTextAreaElement} area */
  function split(area) {
    const from = acts.placeOf(idOf(area));
    if (!from) return;
    const { line, own, section, index } = from;
    const { name, value, selectionStart: start, selectionEnd: end } = area;
    const head = clean(value.slice(0, start));
    const tail = clean(value.slice(end));
    if (!head && !tail) return;
    if (!head && start === end) return above(section, own[index - 1]?.id ?? null);
    const { ids, changes } = acts.adding(section, line.id, [tail]);
    if (line.text !== head) changes.push(setting(name, line.text, head));
    const spot = tail ? { control: name, start, end } : null;
    if (!acts.edit("Splitting in", section, changes, { spot })) return;
    parted = tail && ids[0];
    items.focusLine(ids[0], 0);
  }

  /** @param {SectionKey} section @param {string | null} after */
  function above(section, after) {
    acts.edit("Adding to", section, acts.adding(section, after, [""]).changes);
  }

  /**
   * Two neighbors become one, the upper; an empty one just goes.
   * @param {Line} upper
   * @param {Line} lower
   */
  function join(upper, lower) {
    // The key that joins at once what Enter parted takes the parting back.
    if (lower.id === parted) return desk.undo();
    const [stays, gone] = upper.text ? [upper, lower] : [lower, upper];
    const changes = gone.text
      ? [setting(`line:${stays.id}`, stays.text, `${upper.text} ${lower.text}`)]
      : [];
    const removed = { do: /** @type {const} */ ("remove-line"), line: gone.id, before: gone.text };
    if (!acts.edit("Joining in", upper.section, [...changes, removed])) return;
    items.focusLine(stays.id, upper.text.length + (gone.text ? 1 : 0));
  }

  /**
   * What a key does where its neighbor above (-1) or below (1) is concerned; whether it did.
   * @type {{[key: string]: (area: HTMLTextAreaElement, from: Place, again: boolean) => boolean}}
   */
  const keys = {
    Backspace: ({ selectionEnd }, from, again) => selectionEnd === 0 && !again && joinTo(from, -1),
    Delete: ({ selectionStart, value }, from, again) =>
      selectionStart === value.length && !again && joinTo(from, 1),
    ArrowUp: (area, from) => leave(area, from, -1),
    ArrowDown: (area, from) => leave(area, from, 1),
  };

  /** @param {Place} from @param {number} by */
  function joinTo({ line, own, index }, by) {
    const other = own[index + by];
    if (other) join(by < 0 ? other : line, by < 0 ? line : other);
    else if (by < 0 && !line.text) acts.remove(line.id);
    return true;
  }

  /**
   * To the neighbor, but only where the caret cannot go further in this item.
   * @param {HTMLTextAreaElement} area
   * @param {Place} from
   * @param {number} by
   */
  function leave(area, { own, index }, by) {
    const other = own[index + by];
    const at = area.selectionStart;
    const ended = at === (by < 0 ? 0 : area.value.length);
    const go = () => other && items.focusLine(other.id, by > 0 ? 0 : undefined);
    if (ended) go();
    else setTimeout(() => area.selectionStart === at && area === document.activeElement && go());
    return ended;
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { target: area, key, altKey, repeat } = event;
    composing = event.isComposing || event.keyCode === 229;
    const from = isText(area) && !composing && acts.placeOf(idOf(area));
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (altKey && by) acts.shift(from.line.id, by);
    else if (altKey || area.selectionStart !== area.selectionEnd) return;
    else if (!keys[key]?.(area, from, repeat)) return;
    event.preventDefault();
  }

  /**
   * Items left empty go, but not from under a person who goes back and forth by undo and redo.
   * @param {readonly string[]} left
   */
  function sweep(left) {
    if (!document.hasFocus() || desk.canRedo) return;
    for (const id of left) {
      const line = byId(desk.posting.lines, id);
      if (!line || line.text) begun.delete(id);
      else if (!items.rows.get(id)?.item.contains(document.activeElement)) drop(line);
    }
  }

  /** One that was just made goes as if it had never been there. @param {Line} line */
  function drop({ id, section, text }) {
    const own = latest?.changes.every((change) => controlOf(change) === `line:${id}`);
    if (own && latest?.changes[0].do === "add-line") desk.undo();
    else acts.edit("Leaving empty in", section, [{ do: "remove-line", line: id, before: text }]);
  }

  document.addEventListener("input", ({ target }) => take(target));
  document.addEventListener("keydown", press);
  document.addEventListener("focusout", () => {
    const left = [...begun];
    if (left.length) whenReleased(() => sweep(left));
  });
  // Enter comes as this, also from a keyboard on a screen.
  document.addEventListener("beforeinput", (event) => {
    const { inputType, target } = event;
    if (!isText(target) || !/^insert(LineBreak|Paragraph)$/.test(inputType)) return;
    event.preventDefault();
    if (!composing) split(target);
  });
  onPress("[data-add]", ({ dataset }) => {
    const section = /** @type {SectionKey} */ (dataset.add);
    const last = sectionLines(desk.posting, section).at(-1);
    if (last && !last.text) items.focusLine(last.id);
    else acts.add("Adding to", section, last?.id ?? null, "");
  });
  desk.onChange(({ cause, posting, before, step }) => {
    if (cause !== "server") {
      latest = cause === "edit" ? step : null;
      parted = "";
    }
    if (cause !== "edit") return;
    for (const { id, text } of posting.lines) {
      if (!text && byId(before.lines, id)?.text !== "") begun.add(id);
    }
  });
  // What was typed before the script was there.
  take(document.activeElement);
}
