// Keys for every page: "/" goes to the search field, Escape closes the account menu. What answers
// in the field of the bar comes when that is used first.

const FIELDS = "input, select, textarea, [contenteditable]";
const LETTERS_OFF = document.documentElement.dataset.letterKeys === "off";

/** @returns {NodeListOf<HTMLDetailsElement>} */
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "/" && !LETTERS_OFF && !(target instanceof Element && target.closest(FIELDS))) {
    const field = document.querySelector("[data-search]");
    if (!(field instanceof HTMLInputElement)) return;
    event.preventDefault();
    field.focus();
    field.select();
  } else if (key === "Escape") {
    const [menu] = openMenus();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

/** @param {EventTarget | null} target */
function follow(target) {
  if (target instanceof Element && target.closest("[data-bar-search]")) import("./bar.js");
}

follow(document.activeElement);
document.addEventListener("focusin", ({ target }) => follow(target));
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  }
});
