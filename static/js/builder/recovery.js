/**
 * What is not on the server yet, kept in this browser, and offered after a crash.
 *
 * Local storage is written at once and survives the page; the vault survives the browser, too.
 * @import { CoreDesk, Recovered, Unsent } from "./types.d.ts"
 * @import { Tabs } from "./tabs.js"
 * @import { World } from "./world.js"
 */

import { browser } from "./world.js";

const PAUSE = 100;
const VAULT_PAUSE = 1_000;
const PATIENCE = 1_000;
const OLDEST = 30 * 24 * 60 * 60 * 1_000;
const NO_ROOM = "This browser keeps no copy of unsaved changes. Stay online until all are saved.";

/** @typedef {Unsent & {at: number, left: boolean}} Kept `left`: the page was left in order */

/**
 * @param {object} options
 * @param {CoreDesk} options.desk
 * @param {Tabs} options.tabs
 * @param {number} options.person
 * @param {number} options.id of the posting
 * @param {(recovered: Recovered) => void} options.onRecovered
 * @param {(message: string) => void} options.onTrouble told once
 * @param {World} [options.world]
 * @returns {Promise<void>} done when former visits were looked through
 */
export async function createRecovery(
  { desk, tabs, person, id, onRecovered, onTrouble, world = browser },
) {
  const { local, vault } = world;
  const own = `jobdesc:unsent:${person}:`;
  const here = `${own}${id}:`;
  const key = here + tabs.id;
  let paused = false;
  let changed = false;
  let vaulting = false;
  let vaulted = false;
  let troubled = false;

  function touch() {
    changed = true;
    if (paused) return;
    changed = false;
    paused = true;
    write();
    world.later(() => {
      paused = false;
      if (changed) touch();
    }, PAUSE);
  }

  // What is saved soon, as most is, never gets there.
  function touchVault() {
    if (vaulting) return;
    vaulting = true;
    world.later(() => {
      vaulting = false;
      writeVault();
    }, VAULT_PAUSE);
  }

  /** @returns {boolean} whether what is unsent stands in local storage */
  function write(left = false) {
    const { unsent } = desk;
    if (!unsent) local.remove(key);
    else if (!local.write(key, { ...unsent, at: world.now(), left })) {
      if (!troubled) onTrouble(NO_ROOM);
      troubled = true;
      return false;
    }
    return true;
  }

  function writeVault() {
    const { unsent } = desk;
    if (unsent) vault.write(key, { ...unsent, at: world.now(), left: false });
    else if (vaulted) vault.remove(key);
    vaulted = Boolean(unsent);
  }

  /** @param {string} name */
  function remove(name) {
    local.remove(name);
    vault.remove(name);
  }

  /** @param {string} name @param {Kept} kept */
  function offer(name, kept) {
    const count = desk.matters(kept);
    const discard = () => remove(name);
    if (!count) return discard();
    onRecovered({
      count,
      at: kept.at,
      keep() {
        desk.keep(kept);
        writeVault();
        if (write()) discard();
      },
      discard,
    });
  }

  /** What former visits left, the newer where both places have it. @returns {Promise<Map<string, Kept>>} */
  async function found() {
    /** @type {Promise<Map<string, Kept>>} */
    const late = new Promise((resolve) => world.later(() => resolve(new Map()), PATIENCE));
    const all = await Promise.race([vault.read(), late]);
    for (const name of local.keys()) {
      /** @type {Kept | null} */
      const kept = name.startsWith(own) ? local.read(name) : null;
      if (kept && kept.at >= (all.get(name)?.at ?? 0)) all.set(name, kept);
    }
    return all;
  }

  /** @param {Map<string, Kept>} all @param {ReadonlySet<string>} others */
  function lookThrough(all, others) {
    for (const [name, kept] of all) {
      const tab = name.startsWith(here) ? name.slice(here.length) : "";
      if (name.startsWith(own) && kept.at < world.now() - OLDEST) remove(name);
      else if (!tab || name === key || others.has(tab)) continue;
      else if (tab === tabs.former && kept.left) {
        desk.resume(kept);
        writeVault();
        if (write()) remove(name);
      } else offer(name, kept);
    }
  }

  desk.onChange(() => {
    touch();
    touchVault();
  });
  world.on("pagehide", () => write(true));
  const [others, all] = await Promise.all([tabs.ready, found()]);
  lookThrough(all, others);
}
