// The sheet that shows both versions of a text that two people changed, one after the other.

import { controlNamed, make, makeButton } from "./elements.js";
import { openSheet, sheetNamed } from "./sheets.js";
import { compareWords, marked } from "./words.js";

/** @import { Contest } from "./types.d.ts" */

/**
 * @param {Contest} contest
 * @param {string} label
 * @param {(contest: Contest, text: string, edit?: boolean) => void} settle
 */
export function showVersions(contest, label, settle) {
  const { control, mine, theirs } = contest;
  // What both say once, then what either says alone.
  const both = compareWords(theirs, mine).map(([, text]) => text.trim()).join(" ");
  const choices = make("div", { class: "sheet-foot" });
  choices.append(
    makeButton("Keep mine", () => settle(contest, mine), { class: "button button-main" }),
    makeButton("Take theirs", () => settle(contest, theirs)),
  );
  if (!(controlNamed(control) instanceof HTMLSelectElement)) {
    choices.append(makeButton("Edit both", () => settle(contest, both, true)));
  }
  openSheet(sheetNamed("contest-sheet"), {
    title: label ? `${label}: two versions` : "Two versions of this text",
    body: [...versions(contest), choices],
  });
}

/** @param {Contest} contest */
function versions({ mine, theirs }) {
  return [
    // Nothing is answered by a key that was on its way to somewhere else.
    make("h3", { tabindex: "-1", autofocus: "" }, "Yours"),
    make("p", { class: "version" }, ...(mine ? marked(compareWords(theirs, mine)) : ["Empty"])),
    make("h3", {}, "Theirs"),
    make("p", { class: "version" }, ...(theirs ? marked(compareWords(mine, theirs)) : ["Empty"])),
  ];
}
