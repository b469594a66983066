// Postings and changes for the tests of the builder's core.

/** @import { Change, Line, Place, Posting, SectionKey } from "../../../static/js/builder/types.d.ts" */

import { partOrder } from "../../../static/js/builder/posting.js";

/** @param {unknown} found @param {unknown} expected @param {string} [what] */
export function equal(found, expected, what = "") {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}\n   found ${one}\nexpected ${other}`);
}

/** @param {unknown} found @param {string} what */
export function ok(found, what) {
  if (!found) throw new Error(what);
}

/** @param {string} id @param {string} text @param {SectionKey} [section] @returns {Line} */
export function line(id, text, section = "duties", origin = `role-${id}`) {
  return { id, section, text, origin };
}

/** @param {string} id @param {string} city @returns {Place} */
export function place(id, city) {
  return { id, street: "", city, state: "OR", postal_code: "", country: "" };
}

/** @param {Partial<Posting>} [changes] @returns {Posting} */
export function aPosting(changes) {
  return {
    ...{ title: "Nurse", requisition: "", department: "", openings: "", reports_to: "" },
    ...{ arrangement: "on-site", arrangement_detail: "", employment_type: "full-time" },
    ...{ schedule: "", hours: "", flsa: "", pay_low: "", pay_high: "", pay_unit: "year" },
    ...{ other_pay: "", closing_date: "", contact: "", summary: "Help.", about_us: "" },
    ...{ how_to_apply: "", equal_opportunity: "", accommodation: "" },
    schema: 2,
    role: "case-manager",
    level: "mid",
    base: "h1",
    places: [place("p", "Portland"), place("q", "Salem")],
    lines: [
      line("a", "Do a."),
      line("b", "Do b."),
      line("c", "Do c."),
      line("s", "Know s.", "skills"),
    ],
    removed_origins: [],
    part_order: [],
    hidden_parts: [],
    ...changes,
  };
}

/** @param {string} target @param {string} before @param {string} after @returns {Change} */
export function set(target, before, after) {
  return { do: "set", target, before, after };
}

/** @param {string} id @param {string} before @param {string} after @returns {Change} */
export function setLine(id, before, after) {
  return { do: "set-line", line: id, before, after };
}

/** @param {string} id @param {string} text @param {string | null} [after] @returns {Change} */
export function addLine(id, text, after = null, section = /** @type {SectionKey} */ ("duties")) {
  return { do: "add-line", line: id, section, text, after, origin: null };
}

/** @param {string} id @param {string} before @returns {Change} */
export function removeLine(id, before) {
  return { do: "remove-line", line: id, before };
}

/** @param {string} id @param {string | null} after @returns {Change} */
export function moveLine(id, after, section = /** @type {SectionKey | null} */ (null)) {
  return { do: "move-line", line: id, after, section };
}

/** @param {Change[]} changes @returns {Change} */
export function toSenior(...changes) {
  const [before, after] = [{ level: "mid", base: "h1" }, { level: "senior", base: "h2" }];
  return { do: "change-level", before, after, changes };
}

/** Line ids by section, in order. @param {Posting} posting */
export function order(posting) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const { id, section } of posting.lines) found[section] = (found[section] ?? "") + id;
  return found;
}

/** What counts of a posting: the order within a section, and sets as sets. @param {Posting} posting */
export function meaning(posting) {
  return {
    ...posting,
    lines: posting.lines.toSorted((one, other) => one.section.localeCompare(other.section)),
    removed_origins: [],
    part_order: partOrder(posting),
    hidden_parts: posting.hidden_parts.toSorted(),
  };
}

/** A number from 0 up to, without, `end`: the same ones for the same seed. @param {number} seed */
export function chance(seed) {
  let state = seed * 2654435761 + 1;
  return (/** @type {number} */ end) => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9 | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3266489917);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % end;
  };
}
