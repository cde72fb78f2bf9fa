// Citations are links (#cite-DOCUMENT_START_END_FIRST_LAST) anywhere in the page. One listener in
// the capture phase opens the source at the quotation; the server sends text it has escaped.
const view = element.querySelector(".source-view") || element;
let cameFrom = null;

async function open(address, link) {
  const html = await server.open_source(address);
  view.innerHTML = html;
  cameFrom = link;
  const mark = view.querySelector("#quoted");
  if (mark) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = still ? "auto" : "smooth";
    if (view.scrollHeight > view.clientHeight) {
      // Only the source moves; the conversation stays where it is read.
      const place = mark.getBoundingClientRect().top - view.getBoundingClientRect().top;
      view.scrollTo({ top: view.scrollTop + place - view.clientHeight / 3, behavior });
      if (view.getBoundingClientRect().top < 0 || view.getBoundingClientRect().top > innerHeight / 2)
        view.scrollIntoView({ block: "start", behavior });
    } else {
      mark.scrollIntoView({ block: "center", behavior });
    }
    mark.focus({ preventScroll: true });
  }
}

function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const link = target.closest('a[href^="#cite-"]');
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    open(link.getAttribute("href").slice("#cite-".length), link);
    return;
  }
  if (target.closest("button.back") && cameFrom) {
    cameFrom.scrollIntoView({ block: "center" });
    cameFrom.focus();
  }
}

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
