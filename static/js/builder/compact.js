/**
 * Lists of changes: their inverse, and the fewest that do the same.
 * @import {
 *   AddLine, Arrange, Change, Hide, Line, MoveLine, Posting, RemoveLine, SetField, SetLine,
 * } from "./types.d.ts"
 */

import {
  applyOne,
  byId,
  controlOf,
  parted,
  related,
  same,
  sectionLines,
  wholePlace,
} from "./posting.js";

/**
 * The changes that undo tidy `changes` after they were applied to `posting`.
 * @param {Posting} posting
 * @param {readonly Change[]} changes
 */
export function invert(posting, changes) {
  /** @type {Change[]} */
  const undoing = [];
  let now = posting;
  for (const change of changes) {
    const next = applyOne(now, change);
    if (!next || next === now) continue;
    undoing.unshift(...inverse(now, next, change));
    now = next;
  }
  return undoing;
}

/**
 * What leads back from `is` to `was`, between which lies `change`.
 * @param {Posting} was
 * @param {Posting} is
 * @param {Change} change
 * @returns {Change[]}
 */
function inverse(was, is, change) {
  switch (change.do) {
    case "set":
    case "set-line":
    case "arrange":
      return [/** @type {Change} */ ({ ...change, before: change.after, after: change.before })];
    case "hide":
      return [{ ...change, before: change.after, after: !change.after }];
    case "change-level": {
      const { before: after, after: before, changes } = change;
      const at = { ...was, level: before.level, base: before.base };
      return [{ ...change, before, after, changes: invert(at, changes) }];
    }
    case "add-line": {
      const { line, text } = change;
      const forget = same(was.removed_origins, is.removed_origins);
      return [{ do: "remove-line", line, before: text, forget }];
    }
    case "remove-line": {
      const gone = byId(was.lines, change.line);
      return gone ? added(is, gone, previous(was, gone)) : [];
    }
    case "move-line": {
      const from = byId(was.lines, change.line);
      return from ? [{ ...change, after: previous(was, from), section: from.section }] : [];
    }
    case "add-place":
      return [{ do: "remove-place", place: change.place.id, before: wholePlace(change.place) }];
    case "remove-place": {
      const place = byId(was.places, change.place);
      return place ? [{ do: "add-place", place, first: was.places[0] === place }] : [];
    }
  }
}

/**
 * The nearest line before `line` in its section that is also in `kept`, by id.
 * @param {Posting} posting
 * @param {Line} line
 * @param {Posting} [kept]
 */
export function previous(posting, line, kept = posting) {
  const own = sectionLines(posting, line.section);
  const before = own.slice(0, own.indexOf(line));
  return before.findLast(({ id }) => byId(sectionLines(kept, line.section), id))?.id ?? null;
}

/**
 * The changes that add a line to a section behind `after`, or first.
 * @param {Posting} posting
 * @param {Line} line
 * @param {string | null} after
 * @returns {Change[]}
 */
export function added(posting, { id: line, section, text, origin }, after) {
  /** @type {AddLine} */
  const add = { do: "add-line", line, section, text, after, origin };
  if (after !== null || !sectionLines(posting, section).length) return [add];
  return [add, { do: "move-line", line, after, section }];
}

/**
 * Fewer changes to the same effect. What came before a change of level stays apart from the rest.
 * @param {readonly Change[]} changes
 */
export function compact(changes) {
  /** @type {Change[]} */
  let kept = [];
  for (const change of changes) {
    const index = kept.findLastIndex((former) => concerns(former, change));
    kept = (index >= 0 && joined(kept, index, change)) || [...kept, change];
  }
  return kept.filter((change) => !spans(change) || !same(change.before, change.after));
}

/**
 * Whether a change leads from one value to another.
 * @param {Change} change
 * @returns {change is SetField | SetLine | Arrange | Hide}
 */
function spans(change) {
  return ["set", "set-line", "arrange", "hide"].includes(change.do);
}

/**
 * Whether `later` cannot be seen apart from `former`.
 * @param {Change} former
 * @param {Change} later
 */
function concerns(former, later) {
  if (former.do === "change-level" || later.do === "change-level") return true;
  if (former.do === "set-line" && later.do === "move-line") return false;
  if (former.do === "move-line" && later.do !== "move-line") return false;
  return related(controlOf(former), controlOf(later));
}

/**
 * `kept` with `change` made one with the change at `index`; null where the two stay apart.
 * @param {Change[]} kept
 * @param {number} index
 * @param {Change} change
 * @returns {Change[] | null}
 */
function joined(kept, index, change) {
  const former = kept[index];
  if (former.do === "add-place" && change.do === "set") {
    const place = { ...former.place, [parted(change.target)?.[2] ?? ""]: change.after };
    return kept.with(index, { ...former, place });
  }
  if (controlOf(former) !== controlOf(change)) return null;
  if (change.do === "remove-line") return removed(kept, index, change);
  if (former.do === "move-line" && change.do === "move-line") {
    const section = change.section ?? former.section;
    return leans(kept, index, change)
      ? null
      : [...kept.toSpliced(index, 1), { ...change, section }];
  }
  if (former.do === "add-line" && change.do === "set-line" && former.text === change.before) {
    return kept.with(index, { ...former, text: change.after });
  }
  if (former.do === "remove-line" && change.do === "add-line") {
    return returned(kept, index, former, change);
  }
  if (!spans(former) || !spans(change) || !same(former.after, change.before)) return null;
  return same(former.before, change.after)
    ? kept.toSpliced(index, 1)
    : kept.with(index, /** @type {Change} */ ({ ...former, after: change.after }));
}

/**
 * A line added and removed was never there; one set and removed is removed as it was before.
 * @param {Change[]} kept
 * @param {number} index
 * @param {RemoveLine} change
 * @returns {Change[] | null}
 */
function removed(kept, index, change) {
  const former = kept[index];
  if (former.do === "set-line" && former.after === change.before) {
    return [...kept.toSpliced(index, 1), { ...change, before: former.before }];
  }
  if (former.do !== "add-line" || former.text !== change.before) return null;
  if (leans(kept, index, change)) return null;
  return kept.filter((other, at) => at < index || controlOf(other) !== controlOf(change));
}

/**
 * A line removed and added again was moved, and given other words.
 * @param {Change[]} kept
 * @param {number} index
 * @param {RemoveLine} former
 * @param {AddLine} change
 * @returns {Change[]}
 */
function returned(kept, index, { before }, { line, section, text, after }) {
  return [
    ...kept.toSpliced(index, 1),
    { do: "set-line", line, before, after: text },
    { do: "move-line", line, after, section },
  ];
}

/**
 * Whether a change behind `index` puts something behind the line of `change`.
 * @param {Change[]} kept
 * @param {number} index
 * @param {MoveLine | RemoveLine} change
 */
function leans(kept, index, { line }) {
  return kept.some((other, at) => (
    at > index && "line" in other && other.line !== line && "after" in other && other.after === line
  ));
}
