// Keys for every page: "/" goes to the search field, Escape closes the account menu.

const typing = "input, select, textarea, [contenteditable]";

/** @returns {NodeListOf<HTMLDetailsElement>} */
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

/** @param {EventTarget | null} place */
function isTyping(place) {
  return place instanceof Element && place.closest(typing) !== null;
}

function goToSearch() {
  const field = document.querySelector("[data-search]");
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping(event.target)) {
    if (goToSearch()) event.preventDefault();
  } else if (event.key === "Escape") {
    const [menu] = openMenus();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  }
});
