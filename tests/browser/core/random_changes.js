// Random changes, each of which fits the posting that it is made for.

import { newId, partOrder, wholePlace } from "../../../static/js/builder/posting.js";

/** @import { Change, Posting, SectionKey } from "../../../static/js/builder/types.d.ts" */

const FIELDS = ["title", "summary", "pay_low"];
/** @type {SectionKey[]} */
const SECTIONS = ["duties", "skills", "benefits"];

/**
 * @param {Posting} posting
 * @param {(end: number) => number} chance
 * @param {() => string} word
 * @returns {Change}
 */
export function randomChange(posting, chance, word) {
  const { lines, places } = posting;
  const line = lines[chance(lines.length)];
  const place = places[chance(places.length)];
  const other = lines[chance(lines.length)];
  const after = other && chance(4) ? other.id : null;
  const section = SECTIONS[chance(3)];
  switch (chance(12)) {
    case 0:
    case 1: {
      const target = FIELDS[chance(FIELDS.length)];
      const before = /** @type {any} */ (posting)[target];
      return { do: "set", target, before, after: `${before} ${word()}`.trim() };
    }
    case 2:
      if (!place) break;
      return { do: "set", target: `place:${place.id}.city`, before: place.city, after: word() };
    case 3:
      return {
        do: "add-line",
        line: newId(),
        section,
        text: chance(2) ? word() : "",
        after,
        origin: null,
      };
    case 4:
      if (!line || chance(2)) break;
      return { do: "remove-line", line: line.id, before: line.text };
    case 5:
    case 6:
      if (!line || after === line.id) break;
      return { do: "move-line", line: line.id, after, section: chance(3) ? null : section };
    case 7: {
      if (places.length > 3) break;
      const added = {
        id: newId(),
        street: "",
        city: word(),
        state: "",
        postal_code: "",
        country: "",
      };
      return { do: "add-place", place: added, first: !chance(2) };
    }
    case 8:
      if (!place || chance(3)) break;
      return { do: "remove-place", place: place.id, before: wholePlace(place) };
    case 9: {
      const before = partOrder(posting);
      const from = chance(before.length);
      const rest = before.toSpliced(from, 1);
      return { do: "arrange", before, after: rest.toSpliced(chance(rest.length), 0, before[from]) };
    }
    case 10: {
      const part = partOrder(posting)[chance(9)];
      const before = posting.hidden_parts.includes(part);
      return { do: "hide", part, before, after: !before };
    }
    default:
      break;
  }
  if (!line) {
    return { do: "add-line", line: newId(), section, text: word(), after: null, origin: null };
  }
  return {
    do: "set-line",
    line: line.id,
    before: line.text,
    after: `${line.text} ${word()}`.trim(),
  };
}

/**
 * A change of level, now and then, with changes in it.
 * @param {Posting} posting
 * @param {(end: number) => number} chance
 * @param {() => string} word
 * @returns {Change}
 */
export function randomLevel(posting, chance, word) {
  const before = { level: posting.level, base: posting.base };
  const after = { level: before.level === "mid" ? "senior" : "mid", base: `h${chance(3)}` };
  const changes = [1, 2, 3].map(() => randomChange(posting, chance, word));
  return { do: "change-level", before, after, changes };
}
