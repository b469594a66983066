/**
 * What is not on the server yet, kept in this browser, and offered after a crash.
 * @import { CoreDesk, Recovered, Unsent } from "./types.d.ts"
 * @import { Tabs } from "./tabs.js"
 * @import { World } from "./world.js"
 */

import { newId } from "./posting.js";
import { browser } from "./world.js";

const PAUSE = 100;
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
  const { local } = world;
  const own = `jobdesc:unsent:${person}:`;
  const here = `${own}${id}:`;
  // Until it is known that no other tab has our name, the record has one of its own.
  let name = newId();
  let paused = false;
  let changed = false;
  let troubled = false;

  function write(left = false) {
    const key = here + name;
    const { unsent } = desk;
    if (!unsent) return local.remove(key);
    if (local.write(key, { ...unsent, at: world.now(), left }) || troubled) return;
    troubled = true;
    onTrouble(NO_ROOM);
  }

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

  /** @param {string} key @param {Kept} kept */
  function offer(key, kept) {
    const count = desk.matters(kept);
    const discard = () => local.remove(key);
    if (!count) return discard();
    onRecovered({
      count,
      at: kept.at,
      keep() {
        desk.keep(kept);
        write();
        discard();
      },
      discard,
    });
  }

  /** @param {ReadonlySet<string>} others */
  function lookThrough(others) {
    for (const key of local.keys().filter((name) => name.startsWith(own))) {
      /** @type {Kept | null} */
      const kept = local.read(key);
      const tab = key.startsWith(here) && key.slice(here.length);
      if (!kept || kept.at < world.now() - OLDEST) local.remove(key);
      else if (tab === tabs.id) ownRecord(key, kept);
      else if (tab && tab !== name && !others.has(tab)) offer(key, kept);
    }
  }

  /** @param {string} key @param {Kept} kept */
  function ownRecord(key, kept) {
    if (kept.left) return desk.resume(kept);
    const aside = here + newId();
    // Where there is no room for a copy, the record stays where it is.
    if (!local.write(aside, kept)) return offer(key, kept);
    local.remove(key);
    offer(aside, kept);
  }

  desk.onChange(touch);
  world.on("pagehide", () => write(true));
  const others = await tabs.ready;
  lookThrough(others);
  local.remove(here + name);
  name = tabs.id;
  write();
}
