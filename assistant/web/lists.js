// The lists of conversations and of articles: rows made by the server, their buttons told to it.
element.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button[value]");
  if (!button) return;
  const id = button.value;
  if (button.classList.contains("open")) trigger("select", { id });
  if (button.classList.contains("remove")) trigger("delete", { id });
  if (button.classList.contains("export")) trigger("download", { id });
  if (button.classList.contains("rename")) {
    const name = prompt("Name of the conversation", button.title);
    if (name) trigger("edit", { id, name });
  }
  if (button.classList.contains("delete") && confirm(`Delete “${button.title}” for good?`))
    trigger("delete", { id });
});
element.addEventListener("change", () => {
  const ticked = [...element.querySelectorAll("input[type=checkbox]:checked")];
  trigger("input", { ids: ticked.map((box) => box.value) });
});
// A narrow window shows the conversation first; the panel's own button opens it.
function fold(left) {
  const toggle = document.querySelector(".sidebar.open .toggle-button");
  if (toggle) toggle.click();
  else if (left) setTimeout(() => fold(left - 1), 50);
}
if (innerWidth < 1100 && element.closest("#conversations")) fold(40);
