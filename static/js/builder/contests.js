// Texts that two people changed: a sheet shows both, one text after the other, once nobody types.

import { controlNamed, make, makeButton } from "./elements.js";
import { labelOf } from "./fields.js";
import { openSheet, sheetNamed, sheetOpen } from "./sheets.js";
import { compareWords, marked } from "./words.js";

/** @import { Contest, Desk } from "./types.d.ts" */

const PAUSE = 1000;

/** @param {Desk} desk @param {HTMLElement} form @param {() => void} save */
export function createContests(desk, form, save) {
  const sheet = sheetNamed("contest-sheet");
  let timer = 0;

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  function ask() {
    const [contest] = desk.contests;
    if (!contest) return;
    if (sheetOpen()) return soon();
    const { control, mine, theirs } = contest;
    const choices = make("div", { class: "sheet-foot" });
    choices.append(
      makeButton("Keep mine", () => settle(control, mine), { class: "button button-main" }),
      makeButton("Take theirs", () => settle(control, theirs)),
    );
    if (!(controlNamed(control) instanceof HTMLSelectElement)) {
      choices.append(makeButton("Edit both", () => editBoth(contest)));
    }
    openSheet(sheet, { title: titleOf(control), body: [...versions(contest), choices] });
  }

  /** @param {string} control @param {string} text @param {boolean} [edit] */
  function settle(control, text, edit = false) {
    sheet.close();
    desk.settle(control, text);
    save();
    if (desk.contests.length && !edit) ask();
    else controlNamed(control)?.focus();
  }

  /** @param {Contest} contest */
  function editBoth({ control, mine, theirs }) {
    settle(control, [theirs, mine].filter(Boolean).join(" "), true);
  }

  form.addEventListener("input", () => {
    if (desk.contests.length) soon();
  });
  desk.onChange(() => {
    if (desk.contests.length) soon();
  });
}

/** @param {string} name */
function titleOf(name) {
  const control = controlNamed(name);
  const label = control ? labelOf(control) : "";
  return label ? `${label}: two versions` : "Two versions of this text";
}

/** @param {Contest} contest */
function versions({ mine, theirs }) {
  const parts = compareWords(theirs, mine);
  return [
    make("h3", {}, "Yours"),
    make("p", { class: "version" }, ...(mine ? marked(parts, "removed") : ["Empty"])),
    make("h3", {}, "Theirs"),
    make("p", { class: "version" }, ...(theirs ? marked(parts, "added") : ["Empty"])),
  ];
}
