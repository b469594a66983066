// A button beside each text that is there to be copied.

/** @type {NodeListOf<HTMLInputElement>} */
const texts = document.querySelectorAll("[data-copy]");

for (const input of texts) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Copy link";
  button.addEventListener("click", async () => {
    input.select();
    // Pages without a certificate have no clipboard: the text is selected, to be copied by keys.
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(input.value);
    button.textContent = "Link copied";
  });
  button.setAttribute("aria-live", "polite");
  input.after(button);
}
