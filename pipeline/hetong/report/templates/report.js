"use strict";
const root = document.documentElement;
root.classList.add("js");

for (const box of document.querySelectorAll(".filters input")) {
  const apply = () => root.classList.toggle("no-" + box.value, !box.checked);
  box.addEventListener("change", apply);
  apply();
}

const setOpen = (open) => document.querySelectorAll("details.draft").forEach((d) => { d.open = open; });
for (const button of document.querySelectorAll(".filters button")) {
  button.addEventListener("click", () => setOpen(Boolean(button.dataset.open)));
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const draft = target.closest("details.draft");
  if (draft) draft.open = true;
  target.scrollIntoView();
  if (target.matches(".card")) target.focus({ preventScroll: true });
}
addEventListener("hashchange", reveal);
reveal();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details.draft:not([open])")];
  setOpen(true);
});
addEventListener("afterprint", () => closed.forEach((d) => { d.open = false; }));

addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) return;
  const cards = [...document.querySelectorAll("details.draft[open] .card")].filter((card) => card.offsetParent);
  if (!cards.length) return;
  const at = cards.indexOf(document.activeElement.closest(".card"));
  const next = cards[(at < 0 && step < 0 ? 0 : at + step + cards.length) % cards.length];
  next.scrollIntoView({ block: "center" });
  next.focus({ preventScroll: true });
});
