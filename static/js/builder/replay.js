/**
 * My unsaved changes on a posting that others changed meanwhile. No words of mine or theirs drop.
 * @import { Change, MoveLine, Posting, SetField, SetLine } from "./types.d.ts"
 */

import { added, previous } from "./compact.js";
import {
  applyOne,
  byId,
  controlOf,
  parted,
  partOrder,
  related,
  sectionLines,
  textAt,
} from "./posting.js";

const kept = (/** @type {string} */ what) =>
  `Someone removed ${what} that you are editing. Your words are kept.`;
export const COMES_BACK = "Someone changed what you removed. It is back with their words.";
const LEVEL_STANDS = "Someone changed the level meanwhile. Your change of level was left out.";

/**
 * @typedef {object} Refit
 * @property {Change[]} [changes]
 * @property {string} [note]
 * @property {string} [theirs] the text of someone else that the change would replace
 */

/**
 * My changes that still make a difference on the server's posting, each starting from what it
 * meets. `here` is the posting as it was on my screen.
 * @param {Posting} server
 * @param {readonly Change[]} changes
 * @param {Posting} here
 * @param {Map<string, readonly string[]>} [contests] others' texts by control; more are added
 */
export function replay(server, changes, here, contests = new Map()) {
  /** @type {Change[]} */
  const fitted = [];
  /** @type {Set<string>} */
  const notes = new Set();
  /** @type {Map<string, string>} */
  const brought = new Map();
  let posting = server;
  /** @param {Change} asked */
  function fitIn(asked) {
    const back = spared(posting, asked, contests);
    for (const change of back ?? []) {
      if ("after" in change) brought.set(controlOf(change), String(change.after));
    }
    /** @type {Refit} */
    const fitting = back ? { changes: back, note: COMES_BACK } : refit(posting, asked, here);
    const { changes: fit = [], note, theirs } = fitting;
    if (note) notes.add(note);
    const control = controlOf(asked);
    const known = [textAt(server, control), brought.get(control)];
    if (theirs !== undefined && known.includes(theirs)) {
      contests.set(control, [...contests.get(control) ?? [], theirs]);
    }
    for (const change of fit) {
      const next = applyOne(posting, change);
      if (!next || next === posting) continue;
      fitted.push(change);
      posting = next;
    }
  }

  for (const asked of changes) {
    for (const one of addedInVain(posting, asked) ?? [asked]) fitIn(one);
  }
  return { posting, changes: fitted, contests, notes: [...notes] };
}

/**
 * The words of a line or place that is there already, where they are other ones.
 * @param {Posting} posting
 * @param {Change} change
 * @returns {Change[] | null} null where it is not there
 */
export function addedInVain(posting, change) {
  /** @type {[string, string][]} */
  let texts = [];
  if (change.do === "add-line" && byId(posting.lines, change.line)) {
    texts = [[controlOf(change), change.text]];
  } else if (change.do === "add-place" && byId(posting.places, change.place.id)) {
    const { id, ...parts } = change.place;
    texts = Object.entries(parts).map(([part, text]) => [`place:${id}.${part}`, text]);
  } else return null;
  return texts.filter(([control, text]) => text && text !== textAt(posting, control))
    .map(([control, text]) => setting(control, "", text));
}

/**
 * What removes something contested, as what brings the other text back, which nobody has looked at.
 * @param {Posting} posting
 * @param {Change} change
 * @param {Map<string, readonly string[]>} contests what is settled so is taken out
 * @returns {Change[] | null} null where nothing is contested
 */
export function spared(posting, change, contests) {
  const own = (/** @type {Change} */ { do: deed }, /** @type {string} */ control) =>
    deed.startsWith("remove") ? [...contests].filter(([each]) => related(each, control)) : [];
  if (change.do === "change-level") {
    const changes = change.changes.filter((inner) => !own(inner, controlOf(inner)).length);
    return changes.length < change.changes.length ? [{ ...change, changes }] : null;
  }
  const found = applyOne(posting, change) ? own(change, controlOf(change)) : [];
  for (const [each, [, ...more]] of found) {
    if (more.length) contests.set(each, more);
    else contests.delete(each);
  }
  const back = found.map(([each, [theirs]]) => setting(each, textAt(posting, each) ?? "", theirs));
  return back.length ? back : null;
}

/**
 * @param {string} control
 * @param {string} before
 * @param {string} after
 * @returns {Change}
 */
export function setting(control, before, after) {
  const [kind, line] = parted(control) ?? [];
  return kind === "line"
    ? { do: "set-line", line, before, after }
    : { do: "set", target: control, before, after };
}

/**
 * A change as it can be applied to `posting`.
 * @param {Posting} posting
 * @param {Change} change
 * @param {Posting} here
 * @returns {Refit}
 */
function refit(posting, change, here) {
  if (applyOne(posting, change)) return { changes: [change] };
  switch (change.do) {
    case "set":
    case "set-line":
      return refitSet(posting, change, here);
    case "move-line":
      return { changes: atEnd(posting, change) };
    case "arrange":
      return { changes: [{ ...change, before: partOrder(posting) }] };
    case "remove-line":
    case "remove-place":
      return { note: COMES_BACK };
    case "change-level":
      return { note: LEVEL_STANDS };
    default:
      return {};
  }
}

/**
 * My words where others are, or where the line or the place is gone: then it comes back.
 * @param {Posting} posting
 * @param {SetField | SetLine} change
 * @param {Posting} here
 * @returns {Refit}
 */
function refitSet(posting, change, here) {
  const { after } = change;
  const theirs = textAt(posting, controlOf(change));
  if (theirs === after) return {};
  if (theirs !== null) return { changes: [{ ...change, before: theirs }], theirs };
  const [kind, id, part] = parted(controlOf(change)) ?? [];
  const line = kind === "line" && byId(here.lines, id);
  const place = kind === "place" && byId(here.places, id);
  if (after && line) {
    const back = added(posting, { ...line, text: after }, previous(here, line, posting));
    return { changes: back, note: kept("an item") };
  }
  if (!after || !place) return {};
  const first = here.places[0] === place;
  return {
    changes: [{ do: "add-place", place: { ...place, [part]: after }, first }],
    note: kept("a place"),
  };
}

/**
 * The move of a line that is still there to the end of its section.
 * @param {Posting} posting
 * @param {MoveLine} change
 * @returns {Change[]}
 */
function atEnd(posting, change) {
  const line = byId(posting.lines, change.line);
  const own = sectionLines(posting, change.section ?? line?.section);
  return line ? [{ ...change, after: own.findLast((other) => other !== line)?.id ?? null }] : [];
}
