// Ticking rows of the list: ranges with Shift, all of them, and how many are selected.

/** @returns {HTMLFormElement | null} */
function bulkForm() {
  const form = document.querySelector("[data-bulk]");
  return form instanceof HTMLFormElement ? form : null;
}

/** @param {HTMLFormElement} form */
function follow(form) {
  /** @type {HTMLInputElement[]} */
  const rows = [...form.querySelectorAll("tbody input")].filter((one) =>
    one instanceof HTMLInputElement
  );
  const all = form.querySelector("[data-all]");
  const said = form.querySelector("[data-selected]");
  let last = -1;

  function say() {
    const every = all instanceof HTMLInputElement && all.checked;
    const count = every ? Number(all.dataset.all) : rows.filter((one) => one.checked).length;
    if (said) said.textContent = count ? `${count} selected` : "";
  }

  /**
   * @param {number} index
   * @param {boolean} range
   */
  function tick(index, range) {
    const { checked } = rows[index];
    if (range && last >= 0) {
      for (let i = Math.min(last, index); i <= Math.max(last, index); i++) {
        rows[i].checked = checked;
      }
    }
    last = index;
    if (!checked && all instanceof HTMLInputElement) all.checked = false;
  }

  form.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
    if (target === all) {
      for (const one of rows) one.checked = target.checked;
    } else if (rows.includes(target)) {
      tick(rows.indexOf(target), event.shiftKey);
    }
    say();
  });
  say();
}

const form = bulkForm();
if (form) follow(form);
