// The strip of missing details: a field stands in it from the load of the page until it is filled
// and left. What is emptied later stays where it is, marked, and the strip leads to it.

import { all, controlNamed, counted, find, isControl, make, whenReleased } from "./elements.js";
import { labelOf } from "./fields.js";

/** Returns what tells the strip which fields are missing. */
export function createStrip() {
  const strip = find("#missing");
  const inner = find(".missing-strip-inner", strip);
  const title = find("#missing-title", strip);
  /** @type {readonly string[]} */
  let missing = all("[data-missing]", title).map((it) => it.dataset.missing ?? "");
  let shown = "";

  function render() {
    namesIn(inner).forEach(settle);
    const inside = namesIn(inner);
    const now = [missing, inside, wrongIn(inner)].join();
    // A link that is not made anew keeps the focus.
    if (shown === now) return;
    shown = now;
    for (const field of all(".field-missing")) field.classList.remove("field-missing");
    const none = wrongIn(inner) ? "Check what is marked" : "No details missing";
    title.replaceChildren(
      missing.length ? `${counted(missing.length, "detail")} missing: ` : none,
      ...missing.flatMap((name, nth) => [
        nth ? ", " : "",
        inside.includes(name) ? wordOf(name) : linkTo(name),
      ]),
    );
    strip.hidden = !missing.length && !inside.length;
  }

  /** Brings home what is not missing. @param {string} name of a field in the strip */
  function settle(name) {
    const field = fieldOf(name);
    const asked = missing.includes(name);
    if (!field || field.matches(":focus-within")) return;
    if (name === "location") placesInstead(field, !asked);
    if (!asked && !wrongIn(field)) find(`[data-home="${name}"]`).before(field);
  }

  document.addEventListener("focusout", () => whenReleased(render));
  /** @param {readonly string[]} now */
  return (now) => {
    missing = now;
    whenReleased(render);
  };
}

/** @param {string} name */
function fieldOf(name) {
  const field = controlNamed(name)?.closest("div.field");
  return field instanceof HTMLElement ? field : null;
}

/** Marks a missing field that is at home. @param {string} name */
function linkTo(name) {
  const field = name === "location" ? find("#places") : fieldOf(name);
  field?.classList.add("field-missing");
  return make("a", { href: `#${field?.id || name}` }, wordOf(name));
}

/** What is not right stays with its message where it was typed. @param {HTMLElement} place */
function wrongIn(place) {
  return place.querySelector("[aria-invalid]");
}

/** @param {string} name */
function wordOf(name) {
  const control = controlNamed(name);
  return control ? labelOf(control).toLowerCase() : name.replace("needs", "requirements");
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
