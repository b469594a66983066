// The list, at the top, of what was wrong when the page came: what is right by now leaves it.

import { all, find } from "./elements.js";

/** @param {HTMLElement} summary */
export function clearSummary(summary) {
  for (const link of all("li a", summary)) {
    const name = link.getAttribute("href")?.slice(1) ?? "";
    const said = document.getElementById(`${name}-error`);
    if (said) link.textContent = said.textContent?.trim() ?? "";
    else if (name !== "main") link.parentElement?.remove();
  }
  const { length } = all("li", summary);
  const count = length === 1 ? "One thing" : `${length} things`;
  find("h2", summary).textContent = `${count} to correct`;
  if (!length) summary.remove();
}
