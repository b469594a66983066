/**
 * A posting and the changes to it, as jobdesc/postings/apply.py has them. Pure: values in and out.
 * @import {
 *   AddLine, Change, Line, MoveLine, PartKey, Place, Posting, RemoveLine, SectionKey,
 * } from "./types.d.ts"
 */

export { compact, invert } from "./compact.js";
export { replay } from "./replay.js";

/** @type {readonly PartKey[]} */
const PARTS = [
  "about-role",
  "duties",
  "needs",
  "preferred",
  "pay",
  "conditions",
  "about-us",
  "apply",
  "equal-opportunity",
];
const MOST_REMOVED = 200;
const WHITE = /[^\S\ufeff]/;

/**
 * A text as the server keeps it: \n ends lines, no controls, no half characters, no white ends.
 * @param {string} text
 */
export function clean(text) {
  const kept = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
  let start = 0;
  let end = kept.length;
  while (start < end && WHITE.test(kept[start])) start++;
  while (start < end && WHITE.test(kept[end - 1])) end--;
  return kept.slice(start, end);
}

/**
 * A copy with all its texts cleaned.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function tidy(value) {
  return JSON.parse(
    JSON.stringify(value),
    (_key, part) => (typeof part === "string" ? clean(part) : part),
  );
}

/**
 * Whether two values say the same.
 * @param {unknown} one
 * @param {unknown} other
 */
export function same(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** An id for a new line or place. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A place as one line, as its removal compares it.
 * @param {Place} place
 */
export function wholePlace({ street, city, state, postal_code, country }) {
  const area = [state, postal_code].filter(Boolean).join(" ");
  return [street, city, area, country].filter(Boolean).join(", ");
}

/**
 * The lines of one list, in order.
 * @param {Posting} posting
 * @param {SectionKey | undefined} section
 */
export function sectionLines(posting, section) {
  return posting.lines.filter((line) => line.section === section);
}

/**
 * All parts in the order in which they are printed, hidden ones too.
 * @param {Posting} posting
 */
export function partOrder(posting) {
  return posting.part_order.length ? posting.part_order : PARTS;
}

/**
 * The line or place of this id.
 * @template {{readonly id: string}} T
 * @param {readonly T[]} things
 * @param {string | null} id
 */
export function byId(things, id) {
  return things.find((thing) => thing.id === id);
}

/**
 * @param {string} control
 * @returns {string[] | null} the kind, id and part that "line:<id>" or "place:<id>.<part>" names
 */
export function parted(control) {
  return control.match(/^(line|place):([^.]*)\.?(.*)$/)?.slice(1) ?? null;
}

/**
 * The text at a control: "line:<id>", "place:<id>.<part>" or a field. Null where it is gone.
 * @param {Posting} posting
 * @param {string} control
 * @returns {string | null}
 */
export function textAt(posting, control) {
  const [kind, id, part] = parted(control) ?? ["", "", control];
  /** @type {any} */
  let thing = posting;
  if (kind) thing = kind === "line" ? byId(posting.lines, id) : byId(posting.places, id);
  const text = thing?.[kind === "line" ? "text" : part];
  return typeof text === "string" ? text : null;
}

/**
 * @param {Posting} posting
 * @param {string} control
 * @param {string} text
 * @returns {Posting}
 */
function withText(posting, control, text) {
  const [kind, id, part] = parted(control) ?? [];
  if (!kind) return { ...posting, [control]: text };
  if (kind === "line") {
    return { ...posting, lines: posting.lines.map((it) => it.id === id ? { ...it, text } : it) };
  }
  const places = posting.places.map((it) => it.id === id ? { ...it, [part]: text } : it);
  return { ...posting, places };
}

/**
 * What a change is about: the name of a control, "place:<id>", "hide:<part>", "order" or "level".
 * @param {Change} change
 */
export function controlOf(change) {
  switch (change.do) {
    case "set":
      return change.target;
    case "add-place":
      return `place:${change.place.id}`;
    case "remove-place":
      return `place:${change.place}`;
    case "arrange":
      return "order";
    case "hide":
      return `hide:${change.part}`;
    case "change-level":
      return "level";
    default:
      return `line:${change.line}`;
  }
}

/**
 * Whether two controls are one, or one a part of the other.
 * @param {string} one
 * @param {string} other
 */
export function related(one, other) {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/**
 * Each change in turn. `conflicts` are the indexes of those that start from something else.
 * @param {Posting} posting
 * @param {readonly Change[]} changes
 */
export function apply(posting, changes) {
  /** @type {number[]} */
  const conflicts = [];
  let now = posting;
  tidy(changes).forEach((change, index) => {
    const next = applyOne(now, change);
    if (next) now = next;
    else conflicts.push(index);
  });
  return { posting: now, conflicts };
}

/**
 * The posting after a tidy change: the same object where it has no effect, null for a conflict.
 * @param {Posting} posting
 * @param {Change} change
 * @returns {Posting | null}
 */
export function applyOne(posting, change) {
  switch (change.do) {
    case "set":
    case "set-line": {
      const control = controlOf(change);
      return changed(posting, textAt(posting, control), change, () => (
        withText(posting, control, change.after)
      ));
    }
    case "arrange":
      return changed(posting, partOrder(posting), change, () => (
        { ...posting, part_order: change.after }
      ));
    case "hide": {
      const { part, after } = change;
      const hidden = posting.hidden_parts.filter((other) => other !== part);
      if (posting.hidden_parts.includes(part) === after) return posting;
      return { ...posting, hidden_parts: after ? [...hidden, part] : hidden };
    }
    case "change-level": {
      const { before, after, changes } = change;
      const ends = { before: [before.level, before.base], after: [after.level, after.base] };
      return changed(posting, [posting.level, posting.base], ends, () => (
        apply({ ...posting, level: after.level, base: after.base }, changes).posting
      ));
    }
    case "add-line":
      return addLine(posting, change);
    case "remove-line":
      return removeLine(posting, change);
    case "move-line":
      return moveLine(posting, change);
    case "add-place": {
      const { place, first } = change;
      if (byId(posting.places, place.id)) return posting;
      return {
        ...posting,
        places: first ? [place, ...posting.places] : [...posting.places, place],
      };
    }
    case "remove-place": {
      const gone = byId(posting.places, change.place);
      if (!gone) return posting;
      if (wholePlace(gone) !== change.before) return null;
      return { ...posting, places: posting.places.filter((place) => place !== gone) };
    }
  }
}

/**
 * `make()` where `now` is what the change starts from.
 * @param {Posting} posting
 * @param {unknown} now
 * @param {{before: unknown, after: unknown}} change
 * @param {() => Posting} make
 */
function changed(posting, now, { before, after }, make) {
  if (same(now, after)) return posting;
  return same(now, before) ? make() : null;
}

/**
 * @param {Posting} posting
 * @param {AddLine} change
 */
function addLine(posting, { line: id, section, text, after, origin: asked }) {
  if (byId(posting.lines, id)) return posting;
  const origin = posting.lines.some((line) => line.origin === asked) ? null : asked || null;
  const lines = placed(posting.lines, { id, section, text, origin }, after, true);
  const removed_origins = posting.removed_origins.filter((gone) => gone !== origin);
  return { ...posting, lines, removed_origins };
}

/**
 * @param {Posting} posting
 * @param {RemoveLine} change
 */
function removeLine(posting, { line, before, forget }) {
  const gone = byId(posting.lines, line);
  if (!gone) return posting;
  if (gone.text !== before) return null;
  const lines = posting.lines.filter((other) => other !== gone);
  const removed = posting.removed_origins;
  if (!gone.origin || forget || removed.includes(gone.origin)) return { ...posting, lines };
  return { ...posting, lines, removed_origins: [...removed, gone.origin].slice(-MOST_REMOVED) };
}

/**
 * @param {Posting} posting
 * @param {MoveLine} change
 */
function moveLine(posting, { line, after, section }) {
  const now = byId(posting.lines, line);
  if (!now || (after !== null && !byId(posting.lines, after))) return null;
  if (after === line) return posting;
  const others = posting.lines.filter((other) => other !== now);
  const moved = { ...now, section: section ?? now.section };
  return { ...posting, lines: placed(others, moved, after, false) };
}

/**
 * `lines` with `line` behind the one named, else last or first of its section.
 * @param {readonly Line[]} lines
 * @param {Line} line
 * @param {string | null} after
 * @param {boolean} last
 */
function placed(lines, line, after, last) {
  const own = (/** @type {Line} */ other) => other.section === line.section;
  let index = lines.findIndex((other) => other.id === after);
  if (index < 0) index = last ? lines.findLastIndex(own) : lines.findIndex(own) - 1;
  if (!lines.some(own) && index < 0) index = lines.length;
  return lines.toSpliced(index + 1, 0, line);
}
