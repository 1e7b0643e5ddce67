// What went wrong in the background is said in a corner, and stays until it is read.
const region = document.getElementById("toasts");

function say(text) {
  const note = document.createElement("div");
  note.className = "toast-note";
  note.setAttribute("role", "alert");
  note.append(text);
  region.append(note);
  setTimeout(() => note.remove(), 12000);
}

region.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("[data-toast]").remove();
});

// 422 is a form with its errors; answers that name the toast region are meant for it.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const meant = xhr.status === 422 || xhr.getResponseHeader("HX-Retarget");
  if (xhr.status >= 400 && meant) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (xhr.status >= 400) {
    say(region.dataset.offline);
  }
});

document.body.addEventListener("htmx:sendError", () => say(region.dataset.offline));
