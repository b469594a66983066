// The lists of the editor: makes every part and joins them.

import { createActs } from "./acts.js";
import { onPress } from "./elements.js";
import { createItems, idOf } from "./items.js";
import { onFirstUse } from "./messages.js";
import { createMoving } from "./moving.js";
import { createPasting } from "./pasting.js";
import { createTyping } from "./typing.js";

/** @import { Say } from "./messages.js" */
/** @import { Items } from "./items.js" */
/** @import { BuilderData, Desk } from "./types.d.ts" */
/** @typedef {ReturnType<typeof createActs>} Acts */
/**
 * @typedef {object} Tools what the modules of the lists share
 * @property {Desk} desk
 * @property {Items} items
 * @property {Acts} acts
 * @property {(text: string) => void} announce
 * @property {Say} say
 */

/**
 * @param {object} options
 * @param {Desk} options.desk
 * @param {BuilderData} options.data
 * @param {(text: string) => void} options.announce
 * @param {Say} options.say
 */
export function createLines({ desk, data, announce, say }) {
  const items = createItems(desk, data.sections);
  const acts = createActs({ desk, items, announce, say });
  const tools = { desk, items, acts, announce, say };
  createTyping(tools);
  createMoving(tools);
  createPasting(tools);
  const menu = onFirstUse(() => import("./menu.js"), (it) => it.createMenu(tools), say);
  onPress("[data-handle]", async (handle) => (await menu())?.(handle, idOf(handle)));
}
