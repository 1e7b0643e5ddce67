// The print button of a sheet; without scripts the browser's own menu prints it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
