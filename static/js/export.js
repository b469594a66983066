// How far a zip is, asked once a second; without this module a link shows the page again.

const EVERY = 1000;
const SAY_EVERY = 10;

const line = document.querySelector("progress[data-export]");
const words = document.querySelector("[data-words]");
const said = document.querySelector("[data-said]");
const reload = document.querySelector("[data-reload]");

let asked = 0;

/** @param {{words: string, done: number, over: boolean}} state */
function show(state) {
  if (!(line instanceof HTMLProgressElement)) return;
  line.value = state.done;
  if (words) words.textContent = state.words;
  if (said && asked % SAY_EVERY === 1) said.textContent = state.words;
}

function stop() {
  if (reload instanceof HTMLElement) reload.hidden = false;
}

async function look() {
  if (!(line instanceof HTMLProgressElement) || !line.dataset.export) return;
  try {
    const answer = await fetch(line.dataset.export);
    if (!answer.ok) return stop();
    const state = await answer.json();
    asked += 1;
    show(state);
    if (state.over) return location.reload();
  } catch (error) {
    // Offline: the next question may be answered.
    if (!(error instanceof TypeError)) throw error;
  }
  setTimeout(look, EVERY);
}

if (reload instanceof HTMLElement) reload.hidden = true;
look();
