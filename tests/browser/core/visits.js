// The builder's core as main.js puts it together, over a fake browser and a fake server.

import { createDesk } from "../../../static/js/builder/desk.js";
import { createHistory } from "../../../static/js/builder/history.js";
import { createRecovery } from "../../../static/js/builder/recovery.js";
import { createSaver } from "../../../static/js/builder/saver.js";
import { createTabs } from "../../../static/js/builder/tabs.js";
import { createServer } from "./server.js";
import { createClock, createTab } from "./world.js";
import { aPosting } from "./builders.js";

/** @import { Posting, Recovered, SaveState } from "../../../static/js/builder/types.d.ts" */

/**
 * A load of the page.
 * @param {object} options
 * @param {ReturnType<typeof createServer>} options.server
 * @param {ReturnType<typeof createTab>} options.tab
 * @param {number} [options.person]
 */
export function visit({ server, tab, person = 7 }) {
  const { world } = tab;
  const id = 5;
  /** @type {SaveState[]} */
  const states = [];
  /** @type {Recovered[]} */
  const offers = [];
  /** @type {string[]} */
  const troubles = [];
  const state = JSON.parse(JSON.stringify(server.state()));
  const tabs = createTabs({ id, world });
  const history = createHistory({ person, id, world });
  const desk = createDesk({ state, history });
  const onState = (/** @type {SaveState} */ news) => void states.push(news);
  const saver = createSaver({
    desk,
    tabs,
    id,
    csrf: state.csrf,
    onState,
    world,
  });
  const onRecovered = (/** @type {Recovered} */ offer) => void offers.push(offer);
  const onTrouble = (/** @type {string} */ message) => void troubles.push(message);
  createRecovery({ desk, tabs, person, id, onRecovered, onTrouble, world }).then(saver.start);
  return { desk, saver, tabs, history, states, offers, troubles, tab };
}

/**
 * One person at one posting. `net.fetch` can be replaced.
 * @param {Partial<Posting>} [posting]
 * @param {Parameters<typeof createServer>[1]} [options]
 */
export function alone(posting, options) {
  const clock = createClock();
  const server = createServer(aPosting(posting), options);
  const net = {
    /** @type {(path: string, init?: RequestInit) => any} */
    fetch: (path, init) => server.answer(path, init),
  };
  const fetch = (/** @type {string} */ path, /** @type {RequestInit=} */ init) =>
    Promise.resolve().then(() => net.fetch(path, init));
  const tab = createTab({ clock, fetch });
  const made = visit({ server, tab });
  // No former visit left anything to wait for.
  made.saver.start();
  const texts = () => made.states.map(({ text }) => text);
  return { clock, server, net, fetch, ...made, texts };
}
