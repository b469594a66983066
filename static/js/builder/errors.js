// What is wrong at a field, said above its control: faults when the field is left, refusals at
// once, and neither longer than it is so.

import { all, controlNamed, find, whenReleased } from "./elements.js";

/** @import { Control } from "./elements.js" */
/** @import { Desk } from "./types.d.ts" */
/** @typedef {{readonly [control: string]: string}} Messages */
/** @typedef {ReturnType<typeof createErrors>} Errors */

/** @param {Desk} desk @param {HTMLElement} form */
export function createErrors(desk, form) {
  let faults = shown(form);
  /** @type {Messages} */
  let unclear = {};
  let typing = false;

  function render() {
    const refused = Object.fromEntries(desk.refusals.map((it) => [it.control, it.message]));
    const certain = { ...unclear, ...refused };
    for (const name of Object.keys({ ...shown(form), ...faults, ...certain })) {
      const control = controlNamed(name);
      const held = typing && !control?.hasAttribute("aria-invalid");
      if (control) show(control, certain[name] ?? (held ? "" : faults[name] ?? ""));
    }
    const summary = document.getElementById("error-summary");
    if (summary && !typing) import("./summary.js").then((it) => it.clearSummary(summary));
  }

  form.addEventListener("input", ({ target }) => {
    typing = !(target instanceof HTMLSelectElement);
  });
  form.addEventListener("focusout", () => {
    typing = false;
    whenReleased(render);
  });
  desk.onChange(render);
  return {
    /** @param {Messages} now what the server finds wrong */
    setFaults(now) {
      faults = now;
      whenReleased(render);
    },
    /** @param {Messages} now what cannot be understood */
    setUnclear(now) {
      unclear = now;
      render();
    },
  };
}

/** @param {HTMLElement} form @returns {Messages} */
function shown(form) {
  const names = all("[aria-invalid]", form).map((it) => it.getAttribute("name") ?? "");
  return Object.fromEntries(names.map((name) => [name, errorOf(name)?.textContent?.trim() ?? ""]));
}

/** @param {string} name */
function errorOf(name) {
  return document.getElementById(`${name}-error`);
}

/** @param {Control} control @param {string} message */
function show(control, message) {
  const { name } = control;
  const old = errorOf(name);
  if ((old?.textContent ?? "").trim() === message) return;
  old?.remove();
  const { content } = /** @type {HTMLTemplateElement} */ (find("#error-template"));
  const said = find("p", document.importNode(content, true));
  said.id = `${name}-error`;
  find("span", said).textContent = message;
  if (message) control.before(said);
  const described = (control.getAttribute("aria-describedby") ?? "").split(" ");
  const hints = described.filter((part) => part && part !== said.id);
  attribute(control, "aria-describedby", [...hints, message && said.id].join(" ").trim());
  attribute(control, "aria-invalid", message && "true");
  control.closest(".field, .bullet")?.classList.toggle("field-wrong", message !== "");
}

/** @param {Element} element @param {string} name @param {string} value */
function attribute(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}
