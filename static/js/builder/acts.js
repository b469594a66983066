// What a person does with an item, each one step to undo.

import { byId, newId, sectionLines } from "./posting.js";

/** @import { Say } from "./messages.js" */
/** @import { Items } from "./items.js" */
/** @import { Change, Desk, EditOptions, SectionKey } from "./types.d.ts" */

const MOST = 200;
const LONGEST = 2_000;

/**
 * @param {object} options
 * @param {Desk} options.desk
 * @param {Items} options.items
 * @param {(text: string) => void} options.announce
 * @param {Say} options.say
 */
export function createActs({ desk, items, announce, say }) {
  /** A line, the list that it stands in, and where. @param {string} id */
  function placeOf(id) {
    const line = byId(desk.posting.lines, id);
    if (!line) return null;
    const own = sectionLines(desk.posting, line.section);
    return { line, own, section: line.section, index: own.indexOf(line) };
  }

  /**
   * One step; where the server could not hold all of it nothing, and words why.
   * @param {string} doing such as "Moving in", before the title of the list
   * @param {SectionKey} section
   * @param {readonly Change[]} changes
   * @param {EditOptions} [options]
   */
  function edit(doing, section, changes, options) {
    const added = changes.filter((change) => change.do === "add-line").length;
    const count = desk.posting.lines.length + added;
    const longest = Math.max(...changes.map(lengthOf));
    const error = added && count > MOST
      ? `That makes ${count} items. A posting holds up to ${MOST}`
      : longest > LONGEST
      ? `That makes an item of ${longest.toLocaleString("en")} characters. One holds up to 2,000`
      : "";
    if (error) say(error, { error: true });
    else desk.edit(`${doing} ${items.sections[section].title}`, changes, options);
    return !error;
  }

  /**
   * New items in a row behind the one named, else first: their ids, and what makes them.
   * @param {SectionKey} section
   * @param {string | null} after
   * @param {readonly string[]} texts
   */
  function adding(section, after, texts) {
    /** @type {Change[]} */
    const changes = [];
    /** @type {string[]} */
    const ids = [];
    for (const text of texts) {
      const line = newId();
      changes.push({ do: "add-line", line, section, text, after, origin: null });
      if (!after) changes.push({ do: "move-line", line, after, section: null });
      ids.push(after = line);
    }
    return { ids, changes };
  }

  /**
   * A new item with the caret in it.
   * @param {string} doing
   * @param {SectionKey} section
   * @param {string | null} after
   * @param {string} text
   */
  function add(doing, section, after, text) {
    const { ids, changes } = adding(section, after, [text]);
    if (edit(doing, section, changes)) items.focusLine(ids[0]);
  }

  /** @param {string} id @param {SectionKey} section @param {number} index without the item */
  function moveTo(id, section, index) {
    const from = placeOf(id);
    const stays = from?.section === section;
    if (!from || (stays && from.index === index)) return;
    const others = sectionLines(desk.posting, section).filter((line) => line.id !== id);
    const after = others[index - 1]?.id ?? null;
    edit("Moving in", section, [
      { do: "move-line", line: id, after, section: stays ? null : section },
    ]);
    items.rows.get(id)?.item.scrollIntoView({ block: "nearest" });
    const list = stays ? "" : ` in ${items.sections[section].title}`;
    announce(`Moved to position ${index + 1} of ${others.length + 1}${list}`);
  }

  return {
    placeOf,
    edit,
    adding,
    add,
    moveTo,
    /** @param {string} id @param {number} by places down */
    shift(id, by) {
      const from = placeOf(id);
      if (from?.own[from.index + by]) moveTo(id, from.section, from.index + by);
    },
    /** @param {string} id */
    remove(id) {
      const line = placeOf(id)?.line;
      if (!line) return;
      edit("Removing from", line.section, [{ do: "remove-line", line: id, before: line.text }]);
      if (line.text) say("Removed.", { undo: desk.undo });
    },
    /** The role's wording again. @param {string} id */
    reset(id) {
      const line = placeOf(id)?.line;
      if (!line) return;
      const after = items.templateOf(line);
      edit("Resetting in", line.section, [{ do: "set-line", line: id, before: line.text, after }]);
      announce("Reset to the wording of the template");
    },
  };
}

/** @param {Change} change */
function lengthOf(change) {
  if (change.do === "add-line") return change.text.length;
  return change.do === "set-line" ? change.after.length : 0;
}
