// The items of the lists follow the posting: an item's element is the same as long as its line is,
// so that the focus, the caret and the scroll stay where they are.

import { all, find } from "./elements.js";
import { byId, clean, sectionLines } from "./posting.js";

/** @import { BuilderData, Desk, Line, SectionKey } from "./types.d.ts" */
/** @typedef {{item: HTMLElement, area: HTMLTextAreaElement, shown: string}} Row */
/** @typedef {ReturnType<typeof createItems>} Items */

/** @param {Desk} desk @param {BuilderData["sections"]} sections */
export function createItems(desk, sections) {
  const lists = all("ol.bullets");
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const item of all("ol.bullets > li")) adopt(item, idOf(item));

  /** @param {HTMLElement} item @param {string} id */
  function adopt(item, id) {
    const area = /** @type {HTMLTextAreaElement} */ (find("textarea", item));
    const row = { item, area, shown: "" };
    rows.set(id, row);
    return row;
  }

  function render() {
    const active = document.activeElement;
    const caret = isText(active) ? active.selectionStart : 0;
    const focusNear = dropGone(active);
    lists.forEach(fill);
    if (focusNear) focusNear();
    // Where an element cannot move with the focus, the focus comes after it.
    else if (active instanceof HTMLElement && active !== document.activeElement) {
      active.focus({ preventScroll: true });
      if (isText(active)) active.setSelectionRange(caret, caret);
    }
  }

  /** @param {Element | null} active @returns what finds a new place for a focus that is lost */
  function dropGone(active) {
    let focusNear;
    for (const [id, { item }] of rows) {
      if (byId(desk.posting.lines, id)) continue;
      if (item.contains(active)) focusNear = near(item);
      item.remove();
      rows.delete(id);
    }
    return focusNear;
  }

  /** @param {HTMLElement} item @returns goes to what comes in its place, or to what adds one */
  function near(item) {
    const section = sectionOf(item);
    const index = [...item.parentElement?.children ?? []].indexOf(item);
    return () => {
      const own = sectionLines(desk.posting, section);
      const line = own[index] ?? own.at(-1);
      if (line) focusLine(line.id);
      else find(`[data-add="${section}"]`).focus();
    };
  }

  /** @param {HTMLElement} list */
  function fill(list) {
    const own = sectionLines(desk.posting, sectionOf(list));
    let next = itemFrom(list.firstElementChild);
    own.forEach((line, index) => {
      const row = rows.get(line.id) ?? build(line.id);
      if (row.item === next) next = itemFrom(next.nextElementSibling);
      else if (row.item.isConnected && "moveBefore" in list) list.moveBefore(row.item, next);
      else list.insertBefore(row.item, next);
      show(row, line, index, own.length);
    });
  }

  /** @param {string} id */
  function build(id) {
    const { content } = /** @type {HTMLTemplateElement} */ (find("#bullet-template"));
    const item = find("li", document.importNode(content, true));
    const row = adopt(item, id);
    item.id = `line-${id}`;
    item.dataset.line = id;
    row.area.id = row.area.name = `line:${id}`;
    return row;
  }

  /** @param {Row} row @param {Line} line @param {number} index @param {number} count */
  function show(row, line, index, count) {
    const { item, area } = row;
    const changed = templateOf(line) !== line.text;
    const name = nameAt(line.section, index);
    write(area, line.text);
    const shown = [name, count, changed, area.value].join();
    if (row.shown === shown) return;
    row.shown = shown;
    grow(area);
    item.classList.toggle("changed", changed);
    find(".changed-mark", item).hidden = !changed;
    area.ariaLabel = name;
    find("[data-handle]", item).ariaLabel = `${name}: move, duplicate or remove`;
    for (const tool of all("[data-act]", item)) {
      const ended = { up: index === 0, down: index === count - 1 }[tool.dataset.act ?? ""];
      tool.ariaDisabled = ended ? "true" : null;
      find("span", tool).textContent = ` ${name}`;
    }
  }

  /** The role's wording of a line, its own where it has none. @param {Line} line */
  function templateOf({ origin, text }) {
    return desk.template[origin ?? ""] ?? text;
  }

  /** @param {SectionKey} section @param {number} index */
  function nameAt(section, index) {
    const { noun } = sections[section];
    return `${noun[0].toUpperCase()}${noun.slice(1)} ${index + 1}`;
  }

  /** The caret at `position`, else at the end. @param {string} id @param {number} [position] */
  function focusLine(id, position) {
    const area = rows.get(id)?.area;
    const at = position ?? area?.value.length ?? 0;
    area?.focus();
    area?.setSelectionRange(at, at);
  }

  desk.onChange(render);
  addEventListener("resize", () => rows.forEach(({ area }) => grow(area)));
  render();
  return { rows, sections, lists, templateOf, nameAt, focusLine };
}

/** @param {EventTarget | null} target @returns {target is HTMLTextAreaElement} */
export function isText(target) {
  return target instanceof HTMLTextAreaElement && target.name.startsWith("line:");
}

/** The line that something on the page belongs to, or "". @param {EventTarget | null} target */
export function idOf(target) {
  const item = target instanceof Element && target.closest("[data-line]");
  return item && item.getAttribute("data-line") || "";
}

/** @param {Element} inside */
export function sectionOf(inside) {
  const list = inside.closest("[data-section]");
  return /** @type {SectionKey} */ (list?.getAttribute("data-section"));
}

/** An item, and not the gap of a drag: `element` or the next. @param {Element | null} element */
function itemFrom(element) {
  return element && !idOf(element) ? element.nextElementSibling : element;
}

/** As high as its text, where the style sheet cannot say so. @param {HTMLTextAreaElement} area */
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/**
 * What was typed stays as long as it means the text; else the caret stays between its words.
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 */
function write(area, text) {
  const { value, selectionStart: at } = area;
  if (clean(value) === text) return;
  area.value = text;
  if (area !== document.activeElement) return;
  // Where what stood before the caret stays, so does the caret; else it keeps its way to the end.
  const most = Math.min(at, text.length);
  const stays = value.slice(0, most) === text.slice(0, most);
  const caret = stays ? most : Math.max(text.length - value.length + at, 0);
  area.setSelectionRange(caret, caret);
}
