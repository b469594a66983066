// The strip of missing details: a field stands in it until it is filled and left.

import { all, controlNamed, counted, find, isControl, whenReleased } from "./elements.js";
import { labelOf } from "./fields.js";

/** Returns what tells the strip which fields are missing. */
export function createStrip() {
  const strip = find("#missing");
  const inner = find(".missing-strip-inner", strip);
  /** @type {readonly string[]} */
  let missing = namesIn(inner);

  function render() {
    for (const name of namesIn(inner)) if (!missing.includes(name)) move(name, false);
    for (const name of missing) move(name, true);
    const words = missing.map(wordOf).join(", ");
    const title = find("#missing-title", strip);
    title.textContent = missing.length
      ? `${counted(missing.length, "detail")} missing: ${words}`
      : "No details missing";
    if (!missing.length && wrongIn(inner)) title.textContent = "Check what is marked";
    strip.hidden = !missing.length && !namesIn(inner).length;
  }

  /** @param {string} name @param {boolean} asked */
  function move(name, asked) {
    const field = controlNamed(name)?.closest("div.field");
    if (!(field instanceof HTMLElement) || field.matches(":focus-within")) return;
    if (name === "location") placesInstead(field, !asked);
    if (asked === inner.contains(field) || (!asked && wrongIn(field))) return;
    if (asked) inner.insertBefore(field, inner.lastElementChild);
    else find(`[data-home="${name}"]`).before(field);
  }

  document.addEventListener("focusout", () => whenReleased(render));
  /** @param {readonly string[]} now */
  return (now) => {
    missing = now;
    whenReleased(render);
  };
}

/** What is not right stays with its message where it was typed. @param {HTMLElement} place */
function wrongIn(place) {
  return place.querySelector("[aria-invalid]");
}

/** @param {string} name */
function wordOf(name) {
  const control = controlNamed(name);
  return control ? labelOf(control).toLowerCase() : name;
}

/** @param {HTMLElement} inner */
function namesIn(inner) {
  return all(".field [name]:not([type=hidden])", inner).map((it) => it.getAttribute("name") ?? "");
}

/**
 * The location as one line stands in the strip only; at home the places have their own fields.
 * @param {HTMLElement} field
 * @param {boolean} instead
 */
function placesInstead(field, instead) {
  const places = find("#places");
  const filled = all("[data-place-part]", places).some((it) => isControl(it) && it.value);
  field.hidden = instead;
  places.hidden = !instead && !filled;
}
