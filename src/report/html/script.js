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

  const byPlace = (a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : a.start - b.start || a.end - b.end);

  // Returns the distinct segments of some codes, by place, with the codes on each.
  const segmentsOf = (codes, counts) => {
    const found = new Map();
    for (const list of codes.map(listOf)) {
      for (const item of list?.children ?? []) {
        const { entry, start, end, status } = item.dataset;
        if (counted[counts] && !counted[counts](status)) continue;
        const key = JSON.stringify([entry, start, end]);
        if (!found.has(key)) found.set(key, { item, entry, start: Number(start), end: Number(end), codes: [] });
        found.get(key).codes.push({ label: list.dataset.label, item });
      }
    }
    return [...found.values()].sort(byPlace);
  };

  // Returns the distinct units of a table that some segments lie in, where the attribute has the value: what a number counts.
  const unitsOf = (segments, unit, attribute, value) => {
    const units = new Map();
    const add = (number, segment) => {
      const key = JSON.stringify([segment.entry, number]);
      if (!units.has(key)) units.set(key, { entry: segment.entry, number, segments: [] });
      units.get(key).segments.push(segment);
    };
    let open = null;
    for (const segment of segments) {
      const { attributes, sentences, paragraphs } = segment.item.dataset;
      const covered = { sentence: sentences, paragraph: paragraphs }[unit];
      // A segment may reach over several sections: its sentences and paragraphs are looked at one by one, and an entry is
      // in every section in which one of its sentences stands.
      const apart = (covered || unit === "entry") && attribute === "section";
      if (unit === "entry" && apart && value !== undefined) {
        if (!JSON.parse(sentences).some(([, , section]) => section === value)) continue;
      }
      if (value !== undefined && !apart && JSON.parse(attributes)[attribute] !== value) continue;
      if (covered) {
        for (const [from, to, section] of JSON.parse(covered)) {
          if (value !== undefined && apart && section !== value) continue;
          for (let number = from; number < to; number += 1) add(number, segment);
        }
      } else if (unit === "segment") {
        // Overlapping segments of one row count once.
        if (open?.entry === segment.entry && segment.start < open.end) open.end = Math.max(open.end, segment.end);
        else open = { entry: segment.entry, start: segment.start, end: segment.end };
        add(open.start, segment);
      } else add(0, segment);
    }
    return [...units.values()].sort((a, b) => (a.entry === b.entry ? a.number - b.number : a.entry < b.entry ? -1 : 1));
  };

  // Joins units that follow each other in the same segments, so that long segments are shown once.
  const groupsOf = (units) => {
    const groups = [];
    for (const { entry, number, segments } of units) {
      const last = groups.at(-1);
      const same = last?.entry === entry && last.to === number && last.segments.length === segments.length;
      if (same && segments.every((segment, at) => segment === last.segments[at])) last.to += 1;
      else groups.push({ entry, from: number, to: number + 1, segments });
    }
    return groups;
  };

  const nameOf = ({ from, to, segments }, { unit, units }) => {
    if (unit === "entry") return plural(segments.length, "segment", "segments");
    if (unit === "segment") return segments.length === 1 ? "1 segment" : `${segments.length} that overlap`;
    return to - from === 1 ? `${unit} ${from + 1}` : `${units} ${from + 1}–${to}`;
  };

  // Returns the marked stretches of a quotation, in characters of all its paragraphs together.
  const marksOf = (quoted) => {
    const marks = [];
    let at = 0;
    for (const node of [...quoted.children].flatMap((paragraph) => [...paragraph.childNodes])) {
      const end = at + node.textContent.length;
      if (node.nodeName === "MARK") marks.push([at, end]);
      at = end;
    }
    return marks;
  };

  // Marks stretches of a quotation, those that overlap as one.
  const mark = (quoted, marks) => {
    let at = 0;
    for (const paragraph of quoted.children) {
      const text = paragraph.textContent;
      const pieces = [];
      let from = 0;
      let open = null;
      const inside = marks.map(([start, end]) => [start - at, end - at]).filter(([start, end]) => start >= 0 && end <= text.length);
      for (const [start, end] of inside.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
        if (end <= from) continue;
        if (open && start <= from) open.append(text.slice(from, end));
        else pieces.push(text.slice(from, start), (open = make("mark", "", text.slice(start, end))));
        from = end;
      }
      paragraph.replaceChildren(...pieces, text.slice(from));
      at += text.length;
    }
  };

  // Under a row of several codes, each code on the segment is named with its rule, and the evidence of all is marked.
  const shownSegment = ({ item, codes }, several) => {
    const copy = item.cloneNode(true);
    if (!several) return copy;
    mark(copy.querySelector(".quoted"), codes.flatMap((code) => marksOf(code.item.querySelector(".quoted"))));
    copy.querySelector(".rule")?.remove();
    for (const code of codes) {
      const rule = [...code.item.querySelectorAll(".rule code, .rule .negated")].map((part) => part.cloneNode(true));
      copy.append(make("p", "rule", make("b", "", code.label), ...(rule.length ? [": ", ...rule] : [])));
    }
    return copy;
  };

  // A segment that lies in several units is shown once.
  const repeated = ({ item }, number) => {
    const copy = make("li", "", item.querySelector(".where").cloneNode(true));
    copy.firstChild.append(` · shown under ${number}`);
    return copy;
  };

  const showUnits = (link, codes, value) => {
    const table = link.closest("table").dataset;
    const units = unitsOf(segmentsOf(codes, table.counts), table.unit, table.attribute, value);
    const all = units.length === Number(link.dataset.n);
    const segments = new Set(units.flatMap((unit) => unit.segments)).size;
    const entries = new Set(units.map((unit) => unit.entry)).size;
    const lie = `${plural(segments, "coded segment", "coded segments")} in ${plural(entries, "entry", "entries")}`;
    const held = `${units.length.toLocaleString("en")} of them ${units.length === 1 ? "is" : "are"} on this page, with ${lie}`;
    body.append(make("p", "summary", make("b", "", numbers(link)), all ? `: ${lie}.` : `; ${held}.`));
    body.append(make("p", "summary", all ? "Listed by " : "All are listed by ", make("code", "", command(link.dataset.evidence))));
    const list = make("ol", "units");
    const shown = new Map();
    let before = 0;
    for (const group of groupsOf(units)) {
      const count = group.to - group.from;
      const number = count === 1 ? `${before + 1}` : `${before + 1}–${before + count}`;
      before += count;
      const entry = group.segments[0].item.querySelector(".entry").cloneNode(true);
      const head = make("p", "unit", make("span", "number", number), entry, nameOf(group, table));
      const inside = make("ol", "segments", ...group.segments.map((segment) => {
        if (shown.has(segment)) return repeated(segment, shown.get(segment));
        shown.set(segment, number);
        return shownSegment(segment, codes.length > 1);
      }));
      const item = make("li", "", head, inside);
      item.dataset.units = count;
      list.append(item);
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
    if (row.dataset.codes) showUnits(link, JSON.parse(row.dataset.codes), value);
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
