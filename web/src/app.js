// What pages gain from script: parts that refresh alone, shortcuts, focus, and
// the few buttons that make no sense without it. Every page works when this
// file does not load.
import "htmx.org";
import "./passkey.js";

const keysOff = () => document.documentElement.dataset.keys === "off";
const typing = (t) => t.closest("input, textarea, select, [contenteditable]") !== null;

// WCAG 2.1.4: a shortcut of one character can be switched off (the page
// /sneltoetsen), and none works while somebody types.
document.addEventListener("keydown", (e) => {
  if (keysOff() || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
  if (e.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search === null) return;
    e.preventDefault();
    search.focus();
  } else if (e.key === "?") {
    location.assign("/sneltoetsen");
  }
});

// Buttons that only script can answer are in the page but hidden; this shows them.
const ready = (root) => {
  for (const b of root.querySelectorAll("[data-needs-script]")) b.hidden = false;
};

document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-print], [data-copy]");
  if (button === null) return;
  if (button.dataset.copy === undefined) return window.print();
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  navigator.clipboard.writeText(tableText(source)).then(() => {
    if (said !== null) said.textContent = button.dataset.done;
  });
});

// A table as a spreadsheet takes it: one row a line, cells apart by tabs.
const tableText = (el) =>
  [...el.querySelectorAll("tr")]
    .map((row) => [...row.cells].map((c) => c.textContent.trim().replace(/\s+/g, " ")).join("\t"))
    .join("\n");

// The server reads a date and answers in full, because 03-04 read the wrong way
// round costs a term.
document.addEventListener("change", async (e) => {
  const field = e.target.closest("[data-date]");
  if (field === null) return;
  const echo = field.parentElement.querySelector("output");
  const answer = await fetch("/datum?waarde=" + encodeURIComponent(field.value));
  if (echo !== null && answer.ok) echo.textContent = await answer.text();
});

// A part that was replaced keeps the focus where it was; after a change like a
// new page the heading has it, as it would after a real one.
document.addEventListener("htmx:after:swap", (e) => {
  ready(document);
  const heading = e.target.querySelector?.("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
});

// The choice is of this browser; nothing about a person is kept.
const keys = localStorage.getItem("baken-toetsen");
if (keys !== null) document.documentElement.dataset.keys = keys;
document.querySelector("button[data-keys]")?.addEventListener("click", () => {
  const next = keysOff() ? "on" : "off";
  localStorage.setItem("baken-toetsen", next);
  document.documentElement.dataset.keys = next;
});

ready(document);
document.querySelector(".baken-errors")?.focus();

// Blacking out a passage: the marks stand in the text, so that it works by typing too.
document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-blackout]");
  if (button === null) return;
  const field = document.getElementById(button.dataset.blackout);
  const { selectionStart: from, selectionEnd: to, value } = field;
  if (from === to) return field.focus();
  field.setRangeText("[[" + value.slice(from, to) + "]]", from, to, "end");
  field.focus();
});

// Few pages have a map to draw on, so the others do not load what draws.
if (document.querySelector("[data-sketch]") !== null) import("./sketch.js");
