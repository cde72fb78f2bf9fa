// Citations are links (#cite-DOCUMENT_START_END_FIRST_LAST) anywhere in the page. One listener in
// the capture phase opens the source at the quotation; the server sends text it has escaped.
const view = element.querySelector(".source-view") || element;
let cameFrom = null;

async function open(address, link) {
  let html;
  try {
    html = await server.open_source(address);
  } catch {
    html = '<p class="empty">The source could not be read; is the program still running?</p>';
  }
  view.innerHTML = html;
  cameFrom = link;
  const back = view.querySelector("button.back");
  if (back) back.hidden = !link.matches("a.cite");
  const mark = view.querySelector("#quoted");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = still ? "auto" : "smooth";
  if (mark && view.scrollHeight > view.clientHeight + 1) {
    // Only the source moves; the conversation stays where it is read.
    const place = mark.getBoundingClientRect().top - view.getBoundingClientRect().top;
    view.scrollTo({ top: view.scrollTop + place - view.clientHeight / 3, behavior });
    const top = view.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) view.scrollIntoView({ block: "start", behavior });
  } else if (mark) {
    mark.scrollIntoView({ block: "center", behavior });
  } else {
    view.scrollTo({ top: 0 });
    view.scrollIntoView({ block: "nearest", behavior });
  }
  (mark || view).focus({ preventScroll: true });
}

function goBack() {
  if (!cameFrom) return;
  // The conversation may have been drawn anew since; the same footnote is found again.
  const same = cameFrom.isConnected
    ? cameFrom
    : document.querySelector(`a.cite[href="${CSS.escape(cameFrom.getAttribute("href") || "")}"]`);
  if (!same) return;
  same.scrollIntoView({ block: "center" });
  same.focus({ preventScroll: true });
}

async function copy(button) {
  const answer = button.closest(".answer").cloneNode(true);
  const notes = [...answer.querySelectorAll(".said a.cite")].map((link) => {
    const number = link.firstChild.textContent;
    const quote = link.querySelector(".tip .quote").textContent;
    link.replaceWith(` [${number}]`);
    return `[${number}] “${quote}”`;
  });
  const said = [...answer.querySelectorAll(".short, .said, .note")];
  const text = [...said.map((part) => part.textContent.trim()), ...new Set(notes)].join("\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Outside localhost and HTTPS there is no clipboard interface.
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const link = target.closest('a[href^="#cite-"]');
  const article = target.closest("#articles button.read");
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    open(link.getAttribute("href").slice("#cite-".length), link);
  } else if (article) open(article.value, article);
  else if (target.closest(".answer button.copy")) copy(target.closest("button.copy"));
  else if (target.closest("button.back")) goBack();
}

view.addEventListener("keydown", (event) => {
  if (event.key === "Escape") goBack();
});

// A quotation shown at its footnote stays inside the conversation, whichever side it is near.
function place(event) {
  const link = event.target instanceof Element ? event.target.closest("a.cite") : null;
  const tip = link && link.querySelector(".tip");
  if (!tip) return;
  tip.style.left = "0px";
  const inside = (link.closest("#chat") || document.body).getBoundingClientRect();
  const over = tip.getBoundingClientRect().right - inside.right + 12;
  if (over > 0) {
    const room = link.getBoundingClientRect().left - inside.left - 12;
    tip.style.left = `-${Math.min(over, Math.max(0, room))}px`;
  }
}

for (const kind of ["pointerover", "focusin"]) {
  if (window.footnotePlace) document.removeEventListener(kind, window.footnotePlace);
  document.addEventListener(kind, place);
}
window.footnotePlace = place;
if (window.footnoteListener) document.removeEventListener("click", window.footnoteListener, true);
window.footnoteListener = onClick;
document.addEventListener("click", onClick, true);

// Gradio's sanitizer takes out what a screen reader needs, and puts markup in its place.
function name() {
  for (const link of document.querySelectorAll("#chat a.cite:not([aria-label])")) {
    const tip = link.querySelector(".tip");
    const said = [".quote", ".caveat"].map((part) => tip?.querySelector(part)?.textContent || "");
    const caveat = said[1] && ` (${said[1]})`;
    link.setAttribute("aria-label", `Footnote ${link.firstChild.textContent}: ${said[0]}${caveat}`);
    tip?.setAttribute("aria-hidden", "true");
  }
  for (const each of document.querySelectorAll('#chat [data-testid][aria-label*="<"]'))
    each.setAttribute("aria-label", each.dataset.testid === "user" ? "Question" : "Answer");
}
window.footnoteNames?.disconnect();
window.footnoteNames = new MutationObserver(name);
window.footnoteNames.observe(document.body, {
  childList: true,
  subtree: true,
  attributeFilter: ["aria-label"],
});
