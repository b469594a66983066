// What was copied elsewhere, as plain lines under the sections that its headings name. Pure: the
// HTML is parsed into a document of its own, which loads and runs nothing.

/** @import { SectionKey } from "./types.d.ts" */
/** @typedef {{text: string, item: boolean}} Block an item of a list, or another paragraph */
/** @typedef {[SectionKey | "", RegExp]} Known */

const SKIPPED = "head,style,script,template,noscript,iframe,object,svg,select,textarea,del," +
  "[hidden],[aria-hidden=true]";
const UNSEEN =
  /mso-list:\s*ignore|mso-element:\s*comment|mso-hide:\s*all|display:\s*none|visibility:\s*hidden/i;
const BLOCK =
  /^(address|article|aside|blockquote|center|d[dlt]|details|div|fig.+|footer|form|h\d|header|hr|li|main|nav|[ou]l|p|pre|section|summary|table|tbody|caption)$/i;
const ITEM = 'li,[class^=MsoList],[style*="mso-list:l"]';
const AS_TYPED = 'pre,[style*="white-space:pre"],[style*="white-space: pre"]';
const BREAK = /\r\n?|[\n\v\f\u2028\u2029]/;
/** A bullet (also one of Wingdings), or the number of an item. */
const SIGN =
  /^\s*([•‣⁃∙◦·←-⇿■-◿☐-☒✀-➿\ue000-\uf8ff]\ufe0f?\s*|[-–—*]\s+|[o§Øüvq](\t|\s\s)\s*|\(?(\d{1,3}(\.\d+)*|[a-z]|[ivx]{2,4})[.)]\s+|[A-Z]\)\s+)/;
/** Soft hyphens and what has no width, but for the joiners inside other scripts and emoji. */
const INVISIBLE =
  /[\xad\u200b\u2060\ufeff]|(?<![\u0600-\u{1ffff}])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u{1ffff}])/gu;

const LEADING =
  /^((basic|core|employee|essential|job|key|main|major|minimum|our|position|primary|professional|required|role|technical|the|work|your) )+/;
const KNOWN = Object.entries({
  duties:
    "duties|responsibilities|functions|tasks|what you will (do|be doing)|in this role you will",
  preferred: "(preferred|desired|additional|bonus|helpful)( .+)?|nice[ -]to[ -]haves?|not required",
  education: "education|training",
  credentials: "licen[sc](es?|ure)|certifications?|certificates?|credentials|registrations?",
  experience: "experience",
  skills: "skills|abilities|knowledge|competencies|requirements|qualifications|must[ -]haves?|" +
    "what you( will)? (need|bring)|what we are looking for|who you are",
  benefits: "benefits|perks|what we offer",
  conditions: "(working )?conditions|(working )?environment|physical( demands)?",
  "": "about( us| (job|role|position|company|team))?|summary|overview|description|who we are|" +
    "how to apply|compensation|salary( range)?|pay( range)?|equal (employment )?opportunity.*",
}).map(([key, words]) => /** @type {Known} */ ([key, new RegExp(`^(${words})$`)]));

/**
 * What a clipboard holds, in order; `section` is null before the first heading that names one.
 * @param {string} html
 * @param {string} text
 * @returns {{section: SectionKey | null, lines: string[]}[]}
 */
export function readPaste(html, text) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const shown = htmlBlocks(body, false).flatMap(linesOf);
  const blocks = shown.length ? shown : textBlocks(text).flatMap(linesOf);
  /** @type {ReturnType<typeof readPaste>} */
  const groups = [{ section: null, lines: [] }];
  for (const { text, item } of blocks) {
    const named = item ? null : sectionOf(text);
    if (named !== null) groups.push({ section: named || null, lines: [] });
    if (!named) groups.at(-1)?.lines.push(text);
  }
  const filled = groups.filter(({ lines }) => lines.length);
  if (filled.length || !blocks.length) return filled;
  return [{ section: null, lines: blocks.map(({ text }) => text) }];
}

/**
 * A text of several paragraphs as plain as the lines of a list.
 * @param {string} text
 */
export function readText(text) {
  const lines = textBlocks(text).map((block) => tidy(block.text));
  return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/**
 * The words alone: no bullet, number, mark of Markdown or invisible character, single spaces.
 * @param {string} text
 */
function tidy(text) {
  return text.replace(INVISIBLE, "").replace(SIGN, "").replace(/^\s*#{1,6}\s/, "")
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, "$2").replace(/\s+/g, " ").trim();
}

/**
 * The section that a heading names: "" where it names none of ours, null where it is no heading.
 * @param {string} line
 */
function sectionOf(line) {
  const words = line.toLowerCase().replace(/\s*:$/, "").replace(/['’](ll|re)\b/g, (_all, end) => (
    end === "ll" ? " will" : " are"
  ));
  const named = words.split(/[&/,+ ]+and |\s*[&/,+]\s*| and /).map((part) => {
    const plain = part.replace(LEADING, "").replace(/(?<!not) (requirements|required)$/, "");
    return KNOWN.find(([, known]) => known.test(plain))?.[0] ?? null;
  });
  return named.includes(null) ? null : named.find(Boolean) ?? "";
}

/** @param {Block} block @returns {Block[]} */
function linesOf({ text, item }) {
  /** @type {string[]} */
  const parts = [];
  for (const part of text.split(BREAK)) {
    // In an item of a list a line break does not begin another one, unless a bullet says so.
    if (item && parts.length && !SIGN.test(part)) parts.push(`${parts.pop()} ${part}`);
    else parts.push(part);
  }
  return parts.map((part) => ({ text: tidy(part), item: item || SIGN.test(part) }))
    .filter(({ text }) => text);
}

/**
 * The lines of a plain text; what a line with a bullet goes on with is part of it.
 * @param {string} text
 */
function textBlocks(text) {
  /** @type {Block[]} */
  const blocks = [];
  for (const line of text.split(BREAK)) {
    const last = blocks.at(-1);
    const item = SIGN.test(line);
    const goesOn = !item && /^(\s+\S|\p{Ll})/u.test(line) && sectionOf(tidy(line)) === null;
    if (last?.item && goesOn) last.text += ` ${line}`;
    else blocks.push({ text: line, item });
  }
  return blocks;
}

/**
 * @param {Element} root
 * @param {boolean} within whether it lies in an item of a list
 */
function htmlBlocks(root, within) {
  /** @type {Block[]} */
  const blocks = [];
  let text = "";

  /** @param {boolean} item @param {readonly Block[]} more */
  function end(item, ...more) {
    blocks.push({ text, item }, ...more);
    text = "";
  }

  /** @param {Element} parent @param {boolean} item */
  function walk(parent, item) {
    const typed = parent.closest(AS_TYPED);
    for (const child of parent.childNodes) {
      if (child instanceof Text) text += typed ? child.data : child.data.replace(/\s/g, " ");
      else if (child instanceof Element && isSeen(child)) enter(child, item);
    }
  }

  /** @param {Element} element @param {boolean} item */
  function enter(element, item) {
    const inner = item || element.matches(ITEM);
    if (element.matches("br")) text += "\n";
    else if (element.matches("tr")) end(item, ...row(element, item));
    else if (inner === item && !BLOCK.test(element.tagName)) walk(element, item);
    else {
      end(item);
      walk(element, inner);
      end(inner);
    }
  }

  walk(root, within);
  end(within);
  return blocks;
}

/**
 * A row of a table is one line, unless a cell has several.
 * @param {Element} row
 * @param {boolean} item
 */
function row(row, item) {
  const cells = [...row.children].filter(isSeen)
    .map((cell) => htmlBlocks(cell, item).flatMap(linesOf));
  const blocks = cells.flat();
  if (blocks.length < 2 || cells.some((cell) => cell.length > 1)) return blocks;
  return [{ text: blocks.map(({ text }) => text).join(", "), item }];
}

/** @param {Element} element */
function isSeen(element) {
  return !element.matches(SKIPPED) && !UNSEEN.test(element.getAttribute("style") ?? "");
}
