// Finding, making and pressing elements, with the types that a strict check asks for.

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {{readonly [name: string]: string | false | undefined}} Attributes */

/**
 * The element that a page of the builder always has.
 * @param {string} selector
 * @param {ParentNode} [root]
 */
export function find(selector, root) {
  const [found] = all(selector, root);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

/** @param {string} selector @param {ParentNode} [root] */
export function all(selector, root = document) {
  return [...root.querySelectorAll(selector)].filter((it) => it instanceof HTMLElement);
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 */
export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** @param {string} word @param {() => void} act @param {Attributes} [attributes] */
export function makeButton(word, act, attributes) {
  const made = make("button", { type: "button", class: "button", ...attributes }, word);
  made.addEventListener("click", act);
  return made;
}

/**
 * What pressing a button does, also one that comes later.
 * @param {string} selector
 * @param {(button: HTMLElement) => void} act
 */
export function onPress(selector, act) {
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest(selector);
    if (!(pressed instanceof HTMLElement)) return;
    event.preventDefault();
    const menu = pressed.closest("details.menu");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
    act(pressed);
  });
}

/** @param {EventTarget | null} target @returns {target is Control} */
export function isControl(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
}

/**
 * The control of a field or line; null where the page has none.
 * @param {string} name
 */
export function controlNamed(name) {
  const found = document.querySelector(`#posting-form [name="${CSS.escape(name)}"]`);
  return isControl(found) ? found : null;
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  const many = `${noun.replace(" or ", "s and ")}s`.replace(/ys\b/g, "ies");
  return `${count} ${count === 1 ? noun : many}`;
}

let pressed = false;
for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
  addEventListener(kind, () => (pressed = kind === "pointerdown"), true);
}

/**
 * Carry out soon what moves the page, but with no button of the mouse down: else the press that
 * took the focus away would end on something else than it began on, and be no click.
 * @param {() => void} act
 */
export function whenReleased(act) {
  if (pressed) {
    addEventListener("pointerup", () => whenReleased(act), { capture: true, once: true });
  } else setTimeout(() => pressed ? whenReleased(act) : act());
}
