// The page of a role: what is not saved is said and asked about, rows of the matrix move in place,
// and an empty cell shows what it takes from the level below. Everything works without it too.

import { guard, NOT_SAVED } from "./guard.js";

/** @returns {HTMLFormElement | null} */
function roleForm() {
  const form = document.querySelector("form[data-role]");
  return form instanceof HTMLFormElement ? form : null;
}

/**
 * The texts that the cells of a row take from below.
 * @param {Element} row
 */
function inherit(row) {
  let below = "";
  for (const cell of row.querySelectorAll("td")) {
    const text = cell.querySelector("textarea");
    if (!text) continue;
    const ends = cell.querySelector("select")?.value === "end";
    const own = text.value.trim();
    text.placeholder = below;
    cell.className = ends
      ? "cell-ended"
      : own
      ? "cell-own"
      : below
      ? "cell-inherited"
      : "cell-absent";
    below = ends ? "" : own || below;
  }
}

/**
 * @param {HTMLElement} row
 * @param {() => void} changed
 */
function remove(row, changed) {
  const told = document.createElement("tr");
  const place = document.createElement("th");
  const back = document.createElement("button");
  const title = row.querySelector(".line-title")?.textContent ?? "";
  place.scope = "row";
  place.colSpan = row.children.length;
  place.textContent = `Removed: ${title} `;
  back.type = "button";
  back.className = "button button-small";
  back.textContent = "Put back";
  const controls = [...row.querySelectorAll("input, select, textarea, button")].filter((one) =>
    !one.matches(":disabled")
  );
  for (const one of controls) one.toggleAttribute("disabled", true);
  back.addEventListener("click", () => {
    for (const one of controls) one.toggleAttribute("disabled", false);
    told.replaceWith(row);
    row.querySelector("button")?.focus();
  });
  place.append(back);
  told.append(place);
  row.replaceWith(told);
  back.focus();
  changed();
}

/**
 * @param {HTMLElement} body
 * @param {ReturnType<typeof guard>} watch
 */
function arrange(body, watch) {
  /**
   * @param {HTMLElement} row
   * @param {string} way
   */
  function move(row, way) {
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    const focused = document.activeElement;
    if (way === "up") other.before(row);
    else other.after(row);
    if (focused instanceof HTMLElement) focused.focus();
    watch.changed();
    watch.say(`Moved to position ${[...body.children].indexOf(row) + 1}. ${NOT_SAVED}`);
  }

  body.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-row-tool]");
    const row = button && button.closest("tr");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    event.preventDefault();
    const way = button.dataset.rowTool ?? "";
    if (way === "remove") remove(row, watch.changed);
    else move(row, way);
  });
  body.addEventListener("keydown", (event) => {
    if (!event.altKey || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
    const row = event.target instanceof Element && event.target.closest("tr");
    if (!(row instanceof HTMLElement)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? "up" : "down");
  });
  body.addEventListener("input", (event) => {
    const row = event.target instanceof Element && event.target.closest("tr");
    if (row) inherit(row);
  });
}

/**
 * A link to a control whose level a narrow screen does not show brings that level into view.
 * @param {HTMLFormElement} form
 */
function reveal(form) {
  form.querySelector(".error-summary")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!(link instanceof HTMLAnchorElement)) return;
    const cell = document.getElementById(link.hash.slice(1))?.closest("[data-level]");
    const choice = cell && document.getElementById(`shown-${cell.getAttribute("data-level")}`);
    if (choice instanceof HTMLInputElement) choice.checked = true;
  });
}

document.querySelector(".role-rail [aria-current]")?.scrollIntoView({
  block: "nearest",
  inline: "center",
});
const form = roleForm();
if (form) {
  reveal(form);
  const watch = guard(form);
  const rows = form.querySelector("[data-rows]");
  if (rows instanceof HTMLElement) arrange(rows, watch);
}
