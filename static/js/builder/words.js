// Which words of a text were added and removed, as marks that can also be heard.

import { make } from "./elements.js";

/** @typedef {"same" | "added" | "removed"} Mark */
/** @typedef {[Mark, string]} Part */

/**
 * The words of both texts in order; neighbors of one kind are joined.
 * @param {string} before
 * @param {string} after
 * @returns {Part[]}
 */
export function compareWords(before, after) {
  const old = before.match(/\S+\s*/g) ?? [];
  const fresh = after.match(/\S+\s*/g) ?? [];
  const lengths = commonLengths(old, fresh);
  /** @type {Part[]} */
  const parts = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length;) {
    if (i < old.length && j < fresh.length && alike(old[i], fresh[j])) {
      join(parts, "same", fresh[j++]);
      i++;
    } else if (j >= fresh.length || (i < old.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      join(parts, "removed", old[i++]);
    } else {
      join(parts, "added", fresh[j++]);
    }
  }
  return parts;
}

/**
 * How long the longest common row of words is from each pair of words on.
 * @param {string[]} old
 * @param {string[]} fresh
 */
function commonLengths(old, fresh) {
  const lengths = Array.from(
    { length: old.length + 1 },
    () => new Uint16Array(fresh.length + 1),
  );
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      lengths[i][j] = alike(old[i], fresh[j])
        ? lengths[i + 1][j + 1] + 1
        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

/** @param {string} one @param {string} other */
function alike(one, other) {
  return one.trimEnd() === other.trimEnd();
}

/** @param {Part[]} parts @param {Mark} mark @param {string} word */
function join(parts, mark, word) {
  const last = parts.at(-1);
  if (last?.[0] === mark) last[1] += word;
  else parts.push([mark, word]);
}

/**
 * One of the two texts, with what it alone says marked as added.
 * @param {readonly Part[]} parts
 */
export function marked(parts) {
  return parts.filter(([mark]) => mark !== "removed").map(([mark, text]) => {
    if (mark === "same") return document.createTextNode(text);
    return make(
      "ins",
      { class: "now" },
      make("span", { class: "visually-hidden" }, "added: "),
      text,
    );
  });
}
