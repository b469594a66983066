// The sheet that arranges the printed parts and hides some.

import { make, makeButton } from "./elements.js";
import { openSheet, sheetNamed } from "./sheets.js";

/** @import { Attributes } from "./elements.js" */
/** @import { BuilderData, Desk, PartKey } from "./types.d.ts" */

/**
 * Returns what opens the sheet.
 * @param {object} options
 * @param {Desk} options.desk
 * @param {BuilderData["parts"]} options.titles
 * @param {(text: string) => void} options.announce
 * @param {() => readonly PartKey[]} options.order
 */
export function createArrange({ desk, titles, announce, order }) {
  const sheet = sheetNamed("arrange-sheet");
  const list = make("ol", { class: "rows" });

  function render() {
    const focused = document.activeElement?.id ?? "";
    list.replaceChildren(...order().map(row));
    document.getElementById(focused)?.focus();
  }

  /** @param {PartKey} part @param {number} index @param {readonly PartKey[]} all */
  function row(part, index, all) {
    const hidden = desk.posting.hidden_parts.includes(part);
    const last = index === all.length - 1;
    /** @param {string} word @param {string} key @param {() => void} act @param {Attributes} more */
    const button = (word, key, act, more) => {
      const look = { class: "button button-small", id: `${key}-${part}`, ...more };
      const made = makeButton(word, act, look);
      made.append(make("span", { class: "visually-hidden" }, ` ${titles[part]}`));
      return made;
    };
    const buttons = make("span", { class: "buttons" });
    buttons.append(
      button("Up", "up", () => shift(part, -1), { "aria-disabled": !index && "true" }),
      button("Down", "down", () => shift(part, 1), { "aria-disabled": last && "true" }),
      button(hidden ? "Show" : "Hide", "show", () => hide(part, !hidden), {}),
    );
    return make("li", { class: "row-item spread" }, titles[part], buttons);
  }

  /** @param {PartKey} part @param {number} by */
  function shift(part, by) {
    const before = order();
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

  desk.onChange(() => {
    if (sheet.open) render();
  });
  return () => {
    render();
    openSheet(sheet, { body: [list] });
  };
}
