// Adds search, filters and sorting. Without it every page still shows everything.
"use strict";

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();

// The names of search-index.js and, on the page of the search, the prose of search-words.js, shown as links while the
// reader types. Both are scripts, since a page opened from a disk may not fetch a file.
function addSearch(form) {
  if (!window.HUB_INDEX) return;
  const box = form.querySelector("input");
  const list = form.querySelector("[data-hub-results]");
  const status = form.querySelector("[role=status]");
  const choice = form.querySelector("[data-hub-kind]");
  const most = Number(form.dataset.most || 12);
  const entries = [...window.HUB_INDEX, ...(window.HUB_PROSE || [])].map(([label, path, kind, prose]) =>
    ({ label, path, kind, prose: prose || "", text: " " + plain(label), all: " " + plain(`${label} ${prose || ""}`) }));
  if (choice) choice.append(...[...new Set(entries.map((entry) => entry.kind))].sort().map((kind) => new Option(kind, kind)));
  form.hidden = false;
  const show = () => {
    const words = plain(box.value).split(" ").filter(Boolean);
    const numbered = words.map((word) => (/^\d{1,3}$/.test(word) ? word.padStart(3, "0") : word));
    const has = (text) => words.every((word, i) => text.includes(" " + word) || text.includes(" " + numbered[i]));
    const wanted = choice ? choice.value : "";
    const hits = words.length === 0 ? [] : entries.filter((entry) => (!wanted || entry.kind === wanted) && has(entry.all));
    // The name itself first, then the code with its zeros ("NI 1" is NI 001), names that begin so, names that hold it, prose.
    const [typed, coded] = [words, numbered].map((parts) => " " + parts.join(" "));
    const rank = ({ text }) => [text === typed, `${text} `.startsWith(`${coded} `), text.startsWith(typed), has(text), true].indexOf(true);
    hits.sort((a, b) => rank(a) - rank(b));
    list.replaceChildren(...hits.slice(0, most).map((entry) => searchResult(form.dataset.root, entry, words, rank(entry) === 4)));
    status.textContent = words.length === 0 ? "" : hits.length === 0 ? "Nothing found. Try fewer letters."
      : hits.length > most ? `${hits.length} found, the first ${most} are shown.` : `${hits.length} found.`;
  };
  box.addEventListener("input", show);
  if (choice) choice.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) window.location.href = first.href;
  });
  const asked = new URLSearchParams(window.location.search).get("q");
  if (asked) { box.value = asked; show(); }
}

// One result: its name and kind, and where the words stand in the prose rather than in the name, the words around them.
function searchResult(root, entry, words, inProse) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const [name, kind] = [document.createElement("span"), document.createElement("span")];
  link.href = root + entry.path;
  name.className = "hub-search__name";
  name.textContent = entry.label;
  kind.className = "hub-search__kind";
  kind.textContent = entry.kind;
  link.append(name, " ", kind);
  item.append(link);
  if (inProse || entry.kind === "Word") {
    const found = Math.max(0, entry.prose.toLowerCase().indexOf(words[0]) - 60);
    const place = found === 0 ? 0 : entry.prose.indexOf(" ", found) + 1;
    const end = place + 170 >= entry.prose.length ? entry.prose.length : entry.prose.lastIndexOf(" ", place + 170);
    const around = document.createElement("p");
    around.className = "hub-search__prose";
    around.textContent = (place > 0 ? "\u2026 " : "") + entry.prose.slice(place, end) + (end < entry.prose.length ? " \u2026" : "");
    item.append(around);
  }
  return item;
}

// Hides the rows or list items of one part of the page that do not hold the words typed.
function addFilter(form) {
  const target = document.getElementById(form.dataset.hubFilter);
  if (!target) return;
  const box = form.querySelector("input");
  const choice = form.querySelector("[data-hub-filter-choice]");
  const status = form.querySelector("[role=status]");
  const rows = [...target.querySelectorAll("tbody tr, .hub-az li, [data-hub-row]")].map((row) => ({ row, text: " " + plain(row.textContent) }));
  form.hidden = false;
  const apply = () => {
    const words = plain(box.value).split(" ").filter(Boolean);
    const wanted = choice ? choice.value : "";
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(" " + word)) || (wanted !== "" && row.dataset.choice !== wanted);
      if (!row.hidden) shown += 1;
    }
    status.textContent = `${shown} of ${rows.length} shown.`;
  };
  box.addEventListener("input", apply);
  if (choice) choice.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
}

// Makes the headings of a table of areas into buttons that sort it; missing values stay last.
function addSorting(table) {
  const body = table.tBodies[0];
  const told = Object.assign(document.createElement("p"), { className: "govuk-visually-hidden" });
  told.setAttribute("role", "status");
  table.after(told);
  const read = (row, index) => row.cells[index].dataset.sortValue ?? (row.cells[index].firstElementChild?.classList.contains("hub-missing") ? "" : row.cells[index].textContent.trim());
  const asNumber = (text) => { const found = text.replace(/,/g, "").replace("\u2212", "-").match(/-?\d+(\.\d+)?/); return found ? parseFloat(found[0]) : NaN; };
  [...table.tHead.rows[0].cells].forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hub-sort";
    button.append(...head.childNodes);
    head.append(button);
    const numeric = head.classList.contains("hub-number");
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = [...body.rows].map((row) => ({ row, key: numeric ? asNumber(read(row, index)) : read(row, index) }));
      const empty = (key) => (numeric ? Number.isNaN(key) : key === "");
      keyed.sort((a, b) => {
        if (empty(a.key) || empty(b.key)) return empty(a.key) - empty(b.key);
        return (numeric ? a.key - b.key : a.key.localeCompare(b.key, "en")) * (up ? 1 : -1);
      });
      body.append(...keyed.map((item) => item.row));
      told.textContent = `Sorted by ${button.textContent.trim()}, ${up ? "ascending" : "descending"}.`;
    });
  });
}

// Lets a reader choose up to five areas of the tables of one indicator; the address keeps them (#areas=E...,E...).
function addCompare(chosen) {
  const rows = [...document.querySelectorAll("#compared tbody tr")];
  const body = chosen.querySelector("tbody");
  const status = chosen.querySelector("[role=status]");
  const [most, boxes] = [5, new Map()];
  chosen.querySelector("thead").replaceChildren(document.querySelector("#compared thead tr").cloneNode(true));
  for (const row of rows) {
    const [label, box] = [document.createElement("label"), document.createElement("input")];
    const code = row.querySelector("a").getAttribute("href").split("/").pop().slice(0, -5);
    box.type = "checkbox";
    label.className = "hub-choose";
    label.append(box, Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: `Compare ${row.cells[0].textContent}` }));
    boxes.set(code, { box, row: row.cloneNode(true) });
    row.cells[0].prepend(label, " ");
    box.addEventListener("change", () => show([...boxes].filter(([, one]) => one.box.checked).map(([code]) => code), true));
  }
  const show = (codes, write) => {
    const some = codes.filter((code) => boxes.has(code)).slice(0, most);
    for (const [code, one] of boxes) {
      one.box.checked = some.includes(code);
      one.box.disabled = some.length >= most && !one.box.checked;
    }
    body.replaceChildren(...some.map((code) => boxes.get(code).row));
    chosen.hidden = codes.length === 0;
    const absent = codes.length - some.length;
    status.textContent = (some.length >= most ? "Five areas, which is the most." : `${some.length} of up to five areas.`)
      + (absent > 0 ? ` ${absent} more in the address ${absent === 1 ? "is" : "are"} not shown: no figures here, or one too many.` : "");
    const fragment = codes.length ? `#areas=${codes.join(",")}` : "#chosen";
    chosen.querySelector("[data-hub-here]").href = fragment;
    const other = chosen.querySelector("[data-hub-chosen]");
    other.href = other.getAttribute("href").split("#")[0] + fragment;
    if (write) history.replaceState(null, "", fragment);
  };
  const read = () => show(areasNamed(), false);
  window.addEventListener("hashchange", () => { if (areasNamed().length) read(); });
  read();
}

// The codes of the areas that the address names.
function areasNamed() {
  return window.location.hash.startsWith("#areas=") ? [...new Set(window.location.hash.slice(7).split(",").filter(Boolean))] : [];
}

// Where the address names areas, the links of a list lead to the same areas.
function addCarry(status) {
  const codes = areasNamed();
  if (codes.length === 0) return;
  for (const link of document.getElementById(status.dataset.hubCarry).querySelectorAll("a")) link.hash = window.location.hash;
  status.textContent = `Each leads to the ${codes.length === 1 ? "area" : `${codes.length} areas`} you have chosen.`;
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-hub-search]").forEach(addSearch);
  document.querySelectorAll("[data-hub-compare]").forEach(addCompare);
  document.querySelectorAll("[data-hub-carry]").forEach(addCarry);
  document.querySelectorAll("[data-hub-filter]").forEach(addFilter);
  document.querySelectorAll("#area-tables table, table#catalogue, table[data-hub-sortable]").forEach(addSorting);
});
