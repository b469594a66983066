// The printed parts: their order and which are hidden, in the cards, in the rail and in the sheet
// that arranges them. The rail follows scrolling.

import { all, find, make, makeButton, onPress } from "./elements.js";
import { announce } from "./messages.js";
import { partOrder } from "./posting.js";
import { openSheet, sheetNamed } from "./sheets.js";

/** @import { Attributes } from "./elements.js" */
/** @import { BuilderData, Desk, PartKey } from "./types.d.ts" */

/** @param {Desk} desk @param {BuilderData["parts"]} titles */
export function createArrange(desk, titles) {
  const sheet = sheetNamed("arrange-sheet");
  const list = make("ol", { class: "rows" });
  let focused = "";

  function render() {
    list.replaceChildren(...partOrder(desk.posting).map(row));
    const button = focused && list.querySelector(`[data-key="${focused}"]`);
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {PartKey} part @param {number} index @param {readonly PartKey[]} order */
  function row(part, index, order) {
    const hidden = desk.posting.hidden_parts.includes(part);
    const words = make("span", {}, titles[part]);
    if (hidden) words.append(" ", make("span", { class: "muted small" }, "Hidden. Not printed."));
    const last = index === order.length - 1;
    const buttons = [
      button("Up", part, () => shift(part, -1), { "aria-disabled": !index && "true" }),
      button("Down", part, () => shift(part, 1), { "aria-disabled": last && "true" }),
      button("Shown", part, () => hide(part, !hidden), { "aria-pressed": `${!hidden}` }),
    ];
    const group = make("span", { class: "buttons" }, ...buttons);
    return make("li", { class: "row-item spread" }, words, group);
  }

  /** @param {string} word @param {PartKey} part @param {() => void} act @param {Attributes} more */
  function button(word, part, act, more) {
    const key = `${word} ${part}`;
    const press = () => {
      focused = key;
      act();
    };
    const made = makeButton(word, press, {
      class: "button button-small",
      "data-key": key,
      ...more,
    });
    made.append(make("span", { class: "visually-hidden" }, ` ${titles[part]}`));
    return made;
  }

  /** @param {PartKey} part @param {number} by */
  function shift(part, by) {
    const before = partOrder(desk.posting);
    const to = before.indexOf(part) + by;
    if (to < 0 || to >= before.length) return;
    const after = before.filter((other) => other !== part).toSpliced(to, 0, part);
    desk.edit(`Move ${titles[part]}`, [{ do: "arrange", before, after }]);
    announce(`Moved to position ${to + 1} of ${before.length}`);
  }

  /** @param {PartKey} part @param {boolean} after */
  function hide(part, after) {
    const change = { do: /** @type {const} */ ("hide"), part, before: !after, after };
    desk.edit(`${after ? "Hide" : "Show"} ${titles[part]}`, [change]);
  }

  onPress("[data-arrange]", () => {
    focused = "";
    render();
    openSheet(sheet, { body: [list] });
  });
  desk.onChange(() => {
    if (sheet.open) render();
  });
  followParts(desk);
}

/** @param {Desk} desk */
function followParts(desk) {
  const links = all(".builder-rail a");
  const cards = all("#edit > .card:not(#arrange)");
  const hiddenCount = find("[data-hidden-count]");

  desk.onChange(({ posting }) => {
    const order = ["basics", ...partOrder(posting)];
    sort(cards, (card) => order.indexOf(card.id));
    sort(links, (link) => order.indexOf(keyOf(link)));
    for (const card of all("[data-part]")) {
      const hidden = posting.hidden_parts.some((part) => part === card.id);
      card.classList.toggle("card-hidden", hidden);
      find("[data-hidden-words]", card).hidden = !hidden;
      find(`[data-rail="${card.id}"]`).classList.toggle("rail-hidden", hidden);
    }
    hiddenCount.hidden = !posting.hidden_parts.length;
    hiddenCount.textContent = `Hidden: ${posting.hidden_parts.length}`;
    for (const count of all("[data-count]")) {
      const sections = count.dataset.count?.split(" ");
      const own = posting.lines.filter((line) => sections?.includes(line.section));
      count.textContent = `${own.length}`;
    }
  });

  const seen = new IntersectionObserver(() => markCurrent(cards, links), {
    rootMargin: "-40% 0px -60% 0px",
  });
  for (const card of cards) seen.observe(card);
}

/** @param {HTMLElement} link */
function keyOf(link) {
  return link.getAttribute("href")?.slice(1) ?? "";
}

/**
 * Put elements in order where they are; the one that holds the focus keeps it.
 * @param {HTMLElement[]} elements
 * @param {(element: HTMLElement) => number} rank
 */
function sort(elements, rank) {
  const sorted = elements.toSorted((one, other) => rank(one) - rank(other));
  if (sorted.every((element, index) => element === elements[index])) return;
  const focused = document.activeElement;
  const end = elements.at(-1)?.nextSibling ?? null;
  for (const element of sorted) element.parentNode?.insertBefore(element, end);
  elements.splice(0, elements.length, ...sorted);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}

/**
 * The current card is the last one that begins above the line that the observer watches.
 * @param {HTMLElement[]} cards
 * @param {HTMLElement[]} links
 */
function markCurrent(cards, links) {
  const line = innerHeight * 0.4;
  const current = cards.findLast((card) => card.getBoundingClientRect().top < line) ?? cards[0];
  for (const link of links) {
    if (keyOf(link) === current.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
