// Drag and drop, and progress while a file is sent. Without this script the form is sent as usual.
const boxOf = (event) => event.target.closest?.("[data-drop]");

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    const box = boxOf(event);
    if (!box) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
}

document.addEventListener("dragleave", (event) => boxOf(event)?.classList.remove("is-over"));

document.addEventListener("drop", (event) => {
  const box = boxOf(event);
  if (!box) return;
  event.preventDefault();
  box.classList.remove("is-over");
  if (event.dataTransfer.files.length) {
    box.querySelector("input[type=file]").files = event.dataTransfer.files;
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]") || !form.querySelector("input[type=file]").value) return;
  event.preventDefault();
  send(form);
});

function send(form) {
  const area = form.querySelector("[data-upload-progress]");
  const bar = area.querySelector("progress");
  const state = area.querySelector("[role=status]");
  const button = form.querySelector(".form-actions button");
  const request = new XMLHttpRequest();
  area.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (event) => {
    const share = Math.round((100 * event.loaded) / event.total);
    bar.value = share;
    state.textContent = share < 100 ? `${state.dataset.sending} ${share}%` : state.dataset.checking;
  });
  request.addEventListener("load", () => arrive(request));
  request.addEventListener("error", () => {
    state.textContent = state.dataset.broken;
    button.disabled = false;
  });
  request.open("POST", form.action);
  // Asked as a boosted page: a redirect comes back as a header, so that it is loaded only once.
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Boosted", "true");
  request.send(new FormData(form));
}

function arrive(request) {
  const elsewhere = request.getResponseHeader("HX-Redirect");
  if (elsewhere) {
    location.assign(elsewhere);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = answer.title;
  document.getElementById("main").replaceWith(answer.querySelector("main"));
  document.querySelector("[data-focus]")?.focus();
}
