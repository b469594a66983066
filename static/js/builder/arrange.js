// The printed parts: their order and which are hidden, in the cards and in the rail. The rail
// follows scrolling.

import { all, find } from "./elements.js";
import { partOrder } from "./posting.js";

/** @import { Desk } from "./types.d.ts" */

/** @param {Desk} desk */
export function followParts(desk) {
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
