// Items are moved by dragging their handle, by Up and Down, and by the arrow keys on the handle.

import { make, onPress } from "./elements.js";
import { idOf, sectionOf } from "./items.js";

/** @import { Tools } from "./lines.js" */
/**
 * @typedef {object} Drag
 * @property {string} id
 * @property {HTMLElement} item
 * @property {HTMLElement} handle
 * @property {number} left where the handle was pressed
 * @property {number} top
 * @property {number} y where the pointer is
 * @property {HTMLElement | null} gap where the item would go, once the pointer has moved
 */

const THRESHOLD = 4;
const EDGE = 80;

/** @param {Tools} tools */
export function createMoving({ items, acts }) {
  /** @type {Drag | null} */
  let drag = null;
  let dragged = false;

  /** @param {PointerEvent} event */
  function press({ target, button, isPrimary, pointerId, clientX: left, clientY: top }) {
    dragged = false;
    const handle = target instanceof Element && target.closest("[data-handle]");
    const row = handle && items.rows.get(idOf(handle));
    if (!row || button || !isPrimary || !(handle instanceof HTMLElement)) return;
    handle.setPointerCapture(pointerId);
    drag = { id: idOf(handle), item: row.item, handle, left, top, y: top, gap: null };
  }

  /** @param {PointerEvent} event */
  function move({ clientX, clientY }) {
    if (!drag) return;
    const [x, y] = [clientX - drag.left, clientY - drag.top];
    if (!drag.gap && Math.hypot(x, y) < THRESHOLD) return;
    drag.gap ??= lift(drag.item);
    drag.y = clientY;
    drag.item.style.transform = `translate(${x}px, ${y}px)`;
    place(drag);
  }

  /** The item leaves the list for the pointer; what it leaves is a gap. @param {HTMLElement} item */
  function lift(item) {
    const { left, top, width, height } = item.getBoundingClientRect();
    const gap = make("li", { class: "drop-gap", "aria-hidden": "true" });
    gap.style.height = `${height}px`;
    item.before(gap);
    item.classList.add("dragged");
    Object.assign(item.style, {
      position: "fixed",
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
    });
    requestAnimationFrame(scroll);
    return gap;
  }

  /** @param {Drag} drag */
  function place({ item, gap, y }) {
    const list = items.lists.toSorted((one, other) => distance(one, y) - distance(other, y))[0];
    const others = [...list.children].filter((other) => other !== item && other !== gap);
    const next = others.find((other) => middle(other) > y) ?? null;
    if (gap && (gap.parentNode !== list || gap.nextElementSibling !== next)) {
      list.insertBefore(gap, next);
    }
  }

  /** Near an edge of the window the page comes along. */
  function scroll() {
    if (!drag?.gap) return;
    const over = Math.min(drag.y - EDGE, 0) + Math.max(drag.y - innerHeight + EDGE, 0);
    if (over) {
      scrollBy({ top: over / 4, behavior: "instant" });
      place(drag);
    }
    requestAnimationFrame(scroll);
  }

  /** @param {boolean} here whether the item stays where it was let go */
  function end(here) {
    const { id, item, handle, gap } = drag ?? {};
    drag = null;
    if (!id || !gap) return;
    dragged = true;
    const section = sectionOf(gap);
    const others = [...gap.parentElement?.children ?? []].filter((other) => other !== item);
    const index = others.indexOf(gap);
    gap.remove();
    item?.classList.remove("dragged");
    item?.removeAttribute("style");
    if (here) acts.moveTo(id, section, index);
    handle?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const handle = event.target instanceof Element && event.target.closest("[data-handle]");
    if (drag?.gap && event.key === "Escape") end(false);
    else if (by && handle) acts.shift(idOf(handle), by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  addEventListener("pointerdown", press);
  addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel"]) {
    addEventListener(kind, () => {
      end(kind === "pointerup");
      setTimeout(() => (dragged = false));
    });
  }
  addEventListener("keydown", key, true);
  addEventListener("click", (event) => {
    // What ends a drag is no click.
    if (dragged) event.stopPropagation();
  }, true);
  onPress("[data-act]", (button) => {
    const id = idOf(button);
    if (button.dataset.act === "remove") acts.remove(id);
    else acts.shift(id, button.dataset.act === "up" ? -1 : 1);
  });
}

/** @param {Element} list @param {number} y */
function distance(list, y) {
  const { top, bottom } = list.getBoundingClientRect();
  return Math.max(top - y, y - bottom, 0);
}

/** @param {Element} item */
function middle(item) {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2;
}
