"use strict";
// Shows the segments behind a number beside it. Without this script the same numbers are links into the page.
(() => {
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const body = document.getElementById("panel-body");
  const counted = {
    accepted: (status) => status === "accepted" || status === "coded",
    suggested: (status) => status === "suggested",
  };
  let lists = null;

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const plural = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

  // The segment lists of the page by code; read once, on the first click.
  const listOf = (code) => {
    lists ??= new Map([...document.querySelectorAll("ol.segments")].map((list) => [list.dataset.code, list]));
    return lists.get(code);
  };

  const command = (evidence) =>
    "themata segments " + (/^[\p{L}\p{N}\-_.:\/=,@+%]+$/u.test(evidence) ? evidence : `'${evidence.replaceAll("'", "'\\''")}'`);

  // Returns the distinct spans of the codes that the number counts, in corpus order, with the codes on each.
  const segmentsOf = (codes, holds) => {
    const found = new Map();
    let all = true;
    for (const list of codes.map(listOf)) {
      if (!list) continue;
      all &&= list.children.length >= Number(list.dataset.total);
      for (const item of list.children) {
        if (!holds(item)) continue;
        const { entry, start, end } = item.dataset;
        const key = JSON.stringify([entry, start, end]);
        if (!found.has(key)) found.set(key, { item, codes: new Set() });
        found.get(key).codes.add(list.dataset.label);
      }
    }
    const place = (one) => [one.item.dataset.entry, Number(one.item.dataset.start), Number(one.item.dataset.end)];
    const order = (a, b) => {
      const [x, y] = [place(a), place(b)];
      return x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : x[1] - y[1] || x[2] - y[2];
    };
    return { found: [...found.values()].sort(order), all };
  };

  const showSegments = (link, codes, value) => {
    const { counts, attribute } = link.closest("table").dataset;
    const status = counted[counts] ?? (() => true);
    const holds = ({ dataset }) =>
      status(dataset.status) && (value === undefined || JSON.parse(dataset.attributes)[attribute] === value);
    const { found, all } = segmentsOf(codes, holds);
    const entries = new Set(found.map(({ item }) => item.dataset.entry)).size;
    const held = `${plural(found.length, "segment", "segments")} in ${plural(entries, "entry", "entries")}`;
    body.append(make("p", "summary", make("b", "", numbers(link)), all ? `: ${held}.` : `. This page holds ${held} of them.`));
    body.append(make("p", "summary", all ? "Listed by " : "All are listed by ", make("code", "", command(link.dataset.evidence))));
    const list = make("ol", "segments");
    for (const { item, codes: labels } of found) {
      const copy = item.cloneNode(true);
      if (codes.length > 1) copy.append(make("p", "also", [...labels].join(" · ")));
      list.append(copy);
    }
    body.append(list);
  };

  const showValues = (link, target) => {
    body.append(make("p", "summary", make("b", "", numbers(link))));
    for (const child of target.children) if (child.tagName !== "H4") body.append(child.cloneNode(true));
  };

  const numbers = (link) => `${link.textContent} of ${link.dataset.of} ${link.dataset.unit}`;

  const show = (link) => {
    const row = link.closest("tr");
    const head = link.closest("table").tHead.rows[0].cells[link.closest("td").cellIndex];
    const value = head.dataset.value;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    title.textContent = [row.cells[0].textContent, value].filter(Boolean).join(", ");
    body.replaceChildren();
    if (row.dataset.codes) showSegments(link, JSON.parse(row.dataset.codes), value);
    else if (target) showValues(link, target);
    panel.showModal();
    panel.scrollTop = 0;
    title.focus();
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.n");
    if (!link || !panel.showModal) return;
    event.preventDefault();
    show(link);
  });
  document.getElementById("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  // A link into a closed list opens it, and paper has nothing closed.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target?.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
})();
