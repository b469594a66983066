// Says at once whether another posting in use has the requisition number that was typed. Comes when
// one is.

const field = document.querySelector("#posting-form [name=requisition]");
const place = document.querySelector("[data-same-number]");

let asked = 0;

/** @param {string} number @param {HTMLElement} where */
async function look(number, where) {
  const turn = ++asked;
  try {
    const query = new URLSearchParams({ number });
    const answer = await fetch(`${where.dataset.sameNumber}?${query}`);
    if (answer.ok && turn === asked) where.innerHTML = await answer.text();
  } catch (error) {
    // Offline: the page says it when it is opened again.
    if (!(error instanceof TypeError)) throw error;
  }
}

if (field instanceof HTMLInputElement && place instanceof HTMLElement) {
  field.addEventListener("change", () => look(field.value, place));
  look(field.value, place);
}
