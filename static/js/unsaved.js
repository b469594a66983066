// A form marked data-guard says when it holds changes that are not saved, and asks before they
// are left behind.

for (const form of document.querySelectorAll("form[data-guard]")) {
  const state = form.querySelector("[data-saved]");
  let unsaved = false;
  form.addEventListener("input", () => {
    if (unsaved) return;
    unsaved = true;
    if (state) state.textContent = "Changes not saved yet";
  });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
