// What stands beside a control: who locked it, and another text of the organization. Comes where a
// posting has such; what the person may not change is not changed on the screen either.

import { all, controlNamed, find, make, onPress } from "./elements.js";

/** @import { Say } from "./messages.js" */
/** @import { BesideAnswer, Change, Desk, FieldName } from "./types.d.ts" */

/** @type {ReturnType<typeof createBeside> | null} */
let shown = null;

/**
 * Show what the server says of the posting on the screen.
 * @param {BesideAnswer} answer
 * @param {Desk} desk
 * @param {Say} say
 */
export function note(answer, desk, say) {
  shown ??= createBeside(desk, say);
  shown(answer);
}

/** @param {Desk} desk @param {Say} say */
function createBeside(desk, say) {
  const form = find("#posting-form");
  /** @type {BesideAnswer["locked"]} */
  let locked = {};
  let open = false;

  /** @param {Change} change @returns why it may not be made, or nothing */
  function why(change) {
    if (change.do === "hide") return change.after && locked[`part:${change.part}`];
    if (change.do === "set") return locked[change.target];
    if (change.do === "remove-line") return locked[`line:${change.line}`];
    if (change.do !== "set-line") return "";
    const line = desk.posting.lines.find(({ id }) => id === change.line);
    const own = desk.template[line?.origin ?? ""];
    return change.after !== own && locked[`line:${change.line}`];
  }

  desk.guard((changes) => {
    const words = open ? "" : changes.map(why).find(Boolean);
    // Whoever made the change may say that it is made; this comes after.
    if (words) setTimeout(() => say(words, { error: true }));
    return Boolean(words);
  });

  onPress("[data-use]", (button) => {
    /** @type {Change[]} */
    const changes = JSON.parse(button.dataset.changes ?? "[]");
    const fresh = changes.map((change) =>
      change.do === "set" ? { ...change, before: textOf(change.target) } : change
    );
    const name = button.dataset.use ?? "";
    open = true;
    desk.edit("Use another text", fresh);
    open = false;
    say(button.dataset.said ?? "Text replaced", { undo: desk.undo });
    const near = form.querySelector(`#${name} textarea, #${name} [data-add]`);
    const [first] = changes;
    const field = first?.do === "set" ? first.target : name;
    (controlNamed(field) ?? (near instanceof HTMLElement ? near : null))?.focus();
  });

  /** What stands in a field now. @param {string} name */
  function textOf(name) {
    return desk.posting[/** @type {FieldName} */ (name)];
  }

  /** @param {string} name */
  function placeOf(name) {
    const place = form.querySelector(`[data-beside="${CSS.escape(name)}"]`);
    if (place) return place;
    const made = make("div", { "data-beside": name });
    controlNamed(name)?.after(made);
    return made;
  }

  /** @param {BesideAnswer} answer */
  return ({ locked: now, beside }) => {
    locked = now;
    for (const control of form.querySelectorAll("textarea")) {
      control.readOnly = control.name in locked && !control.hasAttribute("aria-invalid");
    }
    if (!beside) return;
    const names = all("[data-beside]", form).map((it) => it.dataset.beside ?? "");
    for (const name of new Set([...names, ...Object.keys(beside)])) {
      const place = placeOf(name);
      const html = beside[name] ?? "";
      if (place.getAttribute("data-shown") === html) continue;
      place.innerHTML = html;
      place.setAttribute("data-shown", html);
    }
  };
}
