// The menu of an item, behind its handle.

import { all, make, makeButton } from "./elements.js";

/** @import { Tools } from "./lines.js" */
/** @import { SectionKey } from "./types.d.ts" */
/** @typedef {[word: string, act: (() => void) | null]} Entry no act: it cannot be chosen now */

/** Returns what a press of a handle does. @param {Tools} tools */
export function createMenu({ desk, items, acts }) {
  /** @type {HTMLElement | null} */
  let menu = null;
  /** @type {Element | null} */
  let closed = null;

  /** @param {HTMLElement} handle @param {readonly Entry[]} entries @param {string} name */
  function open(handle, entries, name) {
    menu?.remove();
    handle.ariaExpanded = "true";
    menu = make("div", { class: "line-menu menu-list", role: "menu", "aria-label": name });
    for (const [word, act] of entries) menu.append(entry(word, act));
    handle.after(menu);
    menu.scrollIntoView({ block: "nearest" });
    focus(0);
  }

  /** @param {string} word @param {(() => void) | null} act */
  function entry(word, act) {
    const choose = () => {
      if (!act) return;
      close(true);
      act();
    };
    return makeButton(word, choose, {
      class: "",
      role: "menuitem",
      tabindex: "-1",
      "aria-disabled": !act && "true",
    });
  }

  /** @param {boolean} back whether the focus returns to the handle */
  function close(back) {
    const handle = menu?.previousElementSibling;
    menu?.remove();
    menu = null;
    if (!(handle instanceof HTMLElement)) return;
    handle.ariaExpanded = "false";
    if (back) handle.focus();
  }

  /** @param {number} index from the end where negative, around where beyond */
  function focus(index) {
    const entries = menu ? all("[role=menuitem]", menu) : [];
    entries.at(index % entries.length)?.focus();
  }

  /** @param {HTMLElement} handle @param {string} id */
  function show(handle, id) {
    const from = acts.placeOf(id);
    if (!from) return;
    const { line, section, index, own } = from;
    const name = items.nameAt(section, index);
    const sections = () => open(handle, elsewhere(id, section), `Move ${name} to section`);
    /** @type {Entry[]} */
    const entries = [
      ["Move up", index ? () => acts.shift(id, -1) : null],
      ["Move down", index < own.length - 1 ? () => acts.shift(id, 1) : null],
      ["Move to top", index ? () => acts.moveTo(id, section, 0) : null],
      ["Move to section...", sections],
      ["Duplicate", () => acts.add("Duplicating in", section, id, line.text)],
      ["Remove", () => acts.remove(id)],
    ];
    if (items.templateOf(line) !== line.text) entries.splice(5, 0, ["Reset", () => acts.reset(id)]);
    open(handle, entries, name);
  }

  /** @param {string} id @param {SectionKey} here */
  function elsewhere(id, here) {
    const keys = /** @type {SectionKey[]} */ (Object.keys(items.sections));
    return keys.filter((key) => key !== here).map((key) => {
      const count = desk.posting.lines.filter((line) => line.section === key).length;
      return /** @type {Entry} */ ([items.sections[key].title, () => acts.moveTo(id, key, count)]);
    });
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { target, key } = event;
    closed = null;
    if (!menu || !(target instanceof HTMLElement) || !menu.contains(target)) return;
    const at = all("[role=menuitem]", menu).indexOf(target);
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
    if (key === "Tab") return close(true);
    if (key === "Escape") close(true);
    else if (goal !== undefined) focus(goal);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  addEventListener("keydown", press, true);
  addEventListener("pointerdown", ({ target }) => {
    closed = null;
    if (!menu || !(target instanceof Node) || menu.contains(target)) return;
    const handle = menu.previousElementSibling;
    if (handle?.contains(target)) closed = handle;
    close(false);
  }, true);
  /** @param {HTMLElement} handle @param {string} id its line */
  return (handle, id) => {
    if (handle !== closed) show(handle, id);
    closed = null;
  };
}
