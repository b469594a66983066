// The preview and the editor point at each other: a click focuses the field of a paragraph, and
// the paragraph of the focused field is marked.

import { all, controlNamed, find } from "./elements.js";

const TYPING = 400;

/** Returns what marks the paragraph again. @param {HTMLElement} form */
export function createLinks(form) {
  const preview = find("#preview");
  const paper = find("[data-paper]");
  let target = "";
  let typed = -TYPING;

  function mark() {
    const marked = target ? all(`[data-target="${CSS.escape(target)}"]`, paper) : [];
    for (const old of all(".marked", paper)) old.classList.remove("marked");
    for (const paragraph of marked) paragraph.classList.add("marked");
    return marked;
  }

  /** @param {FocusEvent} event */
  function follow(event) {
    target = event.target instanceof HTMLElement ? targetOf(event.target) : "";
    const [first] = mark();
    if (first && performance.now() - typed > TYPING) scrollTo(preview, first);
  }

  form.addEventListener("beforeinput", () => (typed = performance.now()), true);
  form.addEventListener("focusin", follow);
  paper.addEventListener("click", (event) => {
    const paragraph = event.target instanceof Element && event.target.closest("[data-target]");
    if (paragraph && getSelection()?.isCollapsed) goTo(paragraph.getAttribute("data-target") ?? "");
  });
  return mark;
}

/** @param {HTMLElement} control */
function targetOf(control) {
  const line = control.closest("[data-line]")?.getAttribute("data-line");
  const name = control.getAttribute("name") ?? "";
  // The pay stands in one paragraph.
  return line ? `line:${line}` : name.replace(/^pay_.*/, "pay_low");
}

/** @param {string} target */
function goTo(target) {
  const control = controlNamed(target);
  if (!control) return;
  if (!control.checkVisibility()) location.hash = "edit";
  control.focus();
  if (control instanceof HTMLSelectElement) return;
  control.setSelectionRange(control.value.length, control.value.length);
}

/**
 * Scroll `frame` alone, and only where `element` is out of its view.
 * @param {HTMLElement} frame
 * @param {HTMLElement} element
 */
function scrollTo(frame, element) {
  const outer = frame.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    frame.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
}
