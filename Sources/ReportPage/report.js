// The page holds the report as data and shows a part of it at a time. Everything from the report goes into the document
// as text (textContent), never as markup, so nothing in a file name, a snippet or a message can act here.
"use strict";
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  const severities = ["critical", "high", "medium", "low", "note"];
  const pageSize = 100;
  const printLimit = 2000;
  const byId = (id) => document.getElementById(id);

  // MARK: Elements

  function make(name, options = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "onclick") element.addEventListener("click", value);
      else if (key in element && key !== "list") element[key] = value;
      else element.setAttribute(key, value);
    }
    for (const child of children) if (child !== null && child !== undefined) element.append(child);
    return element;
  }

  // Only addresses of the web become links; what else a report of another tool may hold is shown as it is.
  function link(address) {
    if (!/^https?:\/\//.test(address)) return document.createTextNode(address);
    return make("a", { href: address, rel: "noopener noreferrer" }, address);
  }

  // MARK: Data

  const rules = report.rules;
  const findings = report.findings;
  for (const finding of findings) {
    const rule = rules[finding.rule] || { id: finding.ruleId };
    finding.info = rule;
    finding.text = [finding.path, finding.message, rule.id, rule.title, rule.pack].join("\n").toLowerCase();
  }
  const rank = (finding) => severities.indexOf(finding.severity);
  // The worst first; those of one severity stand as the report has them.
  findings.sort((one, other) => rank(one) - rank(other));
  const active = findings.filter((finding) => !finding.suppression);
  const isExisting = (finding) => ["existing", "moved"].includes(finding.state);

  function tally(list, key) {
    const counts = new Map();
    for (const finding of list) {
      const value = key(finding);
      if (value === undefined || value === "") continue;
      let entry = counts.get(value);
      if (!entry) counts.set(value, (entry = { total: 0, by: {} }));
      entry.total += 1;
      entry.by[finding.severity] = (entry.by[finding.severity] || 0) + 1;
    }
    return counts;
  }

  const folderOf = (finding) => {
    const parts = (finding.path || "").split("/");
    return parts.length < 2 ? "." : parts[0];
  };

  // MARK: State, kept in the address so that it can be sent to somebody

  const filters = { q: "", severity: new Set(severities), pack: "", phase: "", folder: "", level: "", state: "", rule: "", suppressed: false };
  const single = ["q", "pack", "phase", "folder", "level", "state", "rule"];
  let shown = pageSize;

  function readAddress() {
    const values = new URLSearchParams(location.hash.slice(1));
    for (const key of single) filters[key] = values.get(key) || "";
    const named = (values.get("severity") || "").split(",").filter((name) => severities.includes(name));
    filters.severity = new Set(named.length ? named : severities);
    filters.suppressed = values.get("suppressed") === "1";
    shown = pageSize;
    return values.get("finding");
  }

  function address(changes = {}) {
    const values = new URLSearchParams();
    for (const key of single) if (filters[key]) values.set(key, filters[key]);
    if (filters.severity.size < severities.length) values.set("severity", severities.filter((s) => filters.severity.has(s)).join(","));
    if (filters.suppressed) values.set("suppressed", "1");
    for (const [key, value] of Object.entries(changes)) values.set(key, value);
    return "#" + values.toString();
  }

  function apply(changes) {
    Object.assign(filters, changes);
    shown = pageSize;
    // The address of a file cannot always be rewritten; then the page works without.
    try { history.replaceState(null, "", address()); } catch { /* the filter itself still applies */ }
    syncControls();
    showFindings();
  }

  function jump(changes) {
    apply({ q: "", severity: new Set(severities), pack: "", phase: "", folder: "", level: "", state: "", rule: "", ...changes });
    byId("findings-title").scrollIntoView();
    byId("search").focus({ preventScroll: true });
  }

  function selection() {
    const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
    return findings.filter((finding) =>
      (filters.suppressed || !finding.suppression) &&
      filters.severity.has(finding.severity) &&
      (!filters.pack || finding.info.pack === filters.pack) &&
      (!filters.phase || finding.info.phase === filters.phase) &&
      (!filters.folder || folderOf(finding) === filters.folder) &&
      (!filters.level || finding.level === filters.level) &&
      (!filters.state || finding.state === filters.state) &&
      (!filters.rule || finding.info.id === filters.rule) &&
      words.every((word) => finding.text.includes(word)));
  }

  // MARK: What to do first

  function showFirst() {
    const groups = new Map();
    for (const finding of active) {
      if (isExisting(finding) || finding.level === "audit") continue;
      const group = groups.get(finding.info.id) || { rule: finding.info, count: 0, worst: 9, files: new Set() };
      group.count += 1;
      group.worst = Math.min(group.worst, rank(finding));
      group.files.add(finding.path);
      groups.set(finding.info.id, group);
    }
    const order = [...groups.values()].sort((a, b) => a.worst - b.worst || b.count - a.count || (a.rule.id < b.rule.id ? -1 : 1));
    const list = byId("first");
    for (const group of order.slice(0, 5)) {
      list.append(make("li", {},
        make("button", { type: "button", onclick: () => jump({ rule: group.rule.id }) }, group.rule.title || group.rule.id),
        make("span", { className: "tag" }, severities[group.worst]),
        make("span", { className: "faint" }, ` ${group.count} in ${group.files.size === 1 ? "one file" : group.files.size + " files"}`),
        make("p", {}, group.rule.fix || group.rule.why || "")));
    }
    byId("first-section").hidden = order.length === 0;
  }

  // MARK: Charts

  function bars(title, counts, key, order) {
    const entries = [...counts.entries()];
    if (entries.length === 0) return null;
    entries.sort(order ? (a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) : (a, b) => b[1].total - a[1].total || (a[0] < b[0] ? -1 : 1));
    const most = Math.max(...entries.map(([, entry]) => entry.total));
    const chart = make("section", { className: "chart" }, make("h3", {}, title));
    for (const [name, entry] of entries.slice(0, 12)) {
      const track = make("span", { className: "track", ariaHidden: "true" });
      for (const severity of severities) {
        if (!entry.by[severity]) continue;
        const piece = make("i", { className: "fill-" + severity });
        piece.style.width = (100 * entry.by[severity]) / most + "%";
        track.append(piece);
      }
      const value = key === "severity" ? new Set([name]) : name;
      const parts = [make("span", { className: "name", title: name }, name), track, make("span", { className: "number" }, String(entry.total))];
      chart.append(key
        ? make("button", { type: "button", className: "bar", onclick: () => jump({ [key]: value }) }, ...parts)
        : make("div", { className: "bar" }, ...parts));
    }
    if (entries.length > 12) chart.append(make("p", { className: "faint" }, `and ${entries.length - 12} more`));
    return chart;
  }

  // Squarified treemap (Bruls, Huizing, van Wijk 2000): rows are filled as long as their rectangles become squarer.
  function squarify(items, x, y, width, height, place) {
    let rest = items.slice();
    let total = rest.reduce((sum, item) => sum + item.size, 0);
    while (rest.length) {
      const side = Math.min(width, height);
      const scale = (width * height) / total;
      let row = [], sum = 0, worst = Infinity;
      for (const item of rest) {
        const next = sum + item.size;
        const areas = [...row, item].map((each) => each.size * scale);
        const thick = (next * scale) / side;
        const ratio = Math.max(...areas.map((area) => Math.max(thick / (area / thick), area / thick / thick)));
        if (row.length && ratio > worst) break;
        row.push(item); sum = next; worst = ratio;
      }
      const thick = (sum * scale) / side;
      let offset = 0;
      for (const item of row) {
        const length = (item.size * scale) / thick;
        if (width >= height) place(item, x, y + offset, thick, length);
        else place(item, x + offset, y, length, thick);
        offset += length;
      }
      if (width >= height) { x += thick; width -= thick; } else { y += thick; height -= thick; }
      rest = rest.slice(row.length);
      total -= sum;
    }
  }

  function treemap(counts) {
    if (counts.size === 0) return null;
    const items = [...counts.entries()].map(([name, entry]) => ({ name, size: entry.total, entry }))
      .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1)).slice(0, 40);
    const map = make("div", { className: "treemap" });
    squarify(items, 0, 0, 1000, 300, (item, x, y, width, height) => {
      const worst = severities.find((severity) => item.entry.by[severity]);
      const cell = make("button", {
        type: "button", className: "fill-" + worst, title: `${item.name}: ${item.size}, worst ${worst}`,
        onclick: () => jump({ folder: item.name }),
        ariaLabel: `${item.name}: ${item.size}`,
      }, width > 60 && height > 30 ? `${item.name} ${item.size}` : "");
      cell.style.left = x / 10 + "%";
      cell.style.top = y / 3 + "%";
      cell.style.width = width / 10 + "%";
      cell.style.height = height / 3 + "%";
      map.append(cell);
    });
    return make("section", { className: "chart wide" }, make("h3", {}, "By folder: size is the number of findings, colour the worst of them"), map);
  }

  function showCharts() {
    const phases = ["plan", "code", "build", "test", "release", "deploy", "operate", "monitor"];
    const years = tally(active, (finding) => (finding.provenance && finding.provenance.date || "").slice(0, 4));
    const charts = [
      bars("By severity", tally(active, (finding) => finding.severity), "severity", severities),
      bars("By pack", tally(active, (finding) => finding.info.pack), "pack"),
      bars("By phase of delivery", tally(active, (finding) => finding.info.phase), "phase", phases),
      bars("By year in which it came in", years, null, [...years.keys()].sort()),
      treemap(tally(active, folderOf)),
    ];
    byId("charts").append(...charts.filter(Boolean));
    byId("charts-section").hidden = active.length === 0;
  }

  // MARK: Findings

  function row(list, name, value) {
    if (value === undefined || value === null || value === "") return;
    list.append(make("dt", {}, name), make("dd", {}, value));
  }

  function place(finding) {
    if (!finding.path) return "the whole repository";
    return finding.line ? `${finding.path}:${finding.line}:${finding.column}` : finding.path;
  }

  function body(finding) {
    const rule = finding.info;
    const box = make("div", { className: "body" }, make("p", {}, finding.message));
    if (finding.snippet) {
      const [before, mark, after] = finding.snippet;
      box.append(make("pre", { tabIndex: 0, ariaLabel: "the line, masked" }, before, make("mark", {}, mark), after));
    }
    const list = make("dl");
    row(list, "Why", rule.why);
    row(list, "Fix", rule.fix);
    if (finding.suppression) row(list, "Excused", finding.suppression);
    if (finding.related) {
      row(list, "See also", make("ul", {}, ...finding.related.map((other) => make("li", {}, make("span", { className: "path" }, place(other)), " " + other.message))));
    }
    if (finding.provenance) {
      const { commit, date, inHead } = finding.provenance;
      const parts = [commit && "came in with commit " + commit.slice(0, 12), date && "of " + date].filter(Boolean).join(" ");
      row(list, "History", [parts, inHead === false ? "no longer in HEAD" : ""].filter(Boolean).join("; "));
    }
    row(list, "Rule", make("span", {}, make("code", {}, rule.id), [rule.pack, rule.phase, ...(rule.tags || [])].filter(Boolean).map((each) => " · " + each).join("")));
    row(list, "Decision", [finding.level, finding.state, "confidence " + finding.confidence, finding.proof].filter(Boolean).join(" · "));
    if (rule.references && rule.references.length) row(list, "Read", make("ul", {}, ...rule.references.map((each) => make("li", {}, link(each)))));
    if (finding.fingerprint) {
      row(list, "Fingerprint", make("span", {}, make("code", {}, finding.fingerprint), " ",
        make("a", { href: address({ finding: finding.fingerprint }) }, "link to this finding")));
    }
    box.append(list);
    return box;
  }

  function card(finding) {
    const rule = finding.info;
    const title = make("span", { className: "title" }, rule.title || finding.message);
    if (finding.level && finding.level !== "deny") title.append(make("span", { className: "tag" }, finding.level));
    if (finding.state) title.append(make("span", { className: "tag" }, finding.state));
    if (finding.suppression) title.append(make("span", { className: "tag" }, "excused"));
    const details = make("details", { className: finding.suppression ? "finding suppressed" : "finding" },
      make("summary", {}, make("span", { className: "badge fill-" + finding.severity }, finding.severity), title,
        make("span", { className: "path" }, place(finding))));
    // What is inside is made when somebody looks.
    details.addEventListener("toggle", () => { if (details.open) open(details, finding); });
    return details;
  }

  function open(details, finding) {
    if (details.childElementCount === 1) details.append(body(finding));
    details.open = true;
  }

  function showFindings(limit = shown) {
    const chosen = selection();
    const list = byId("findings");
    list.replaceChildren(...chosen.slice(0, limit).map(card));
    const total = filters.suppressed ? findings.length : active.length;
    byId("count").textContent = chosen.length === total ? `${total} findings` : `${chosen.length} of ${total} findings`;
    const rest = chosen.length - limit;
    byId("more").hidden = rest <= 0;
    byId("more").textContent = `Show ${Math.min(pageSize, Math.max(0, rest))} more of ${Math.max(0, rest)}`;
    return chosen;
  }

  function showFinding(fingerprint) {
    const finding = findings.find((each) => each.fingerprint === fingerprint);
    if (!finding) {
      byId("count").textContent = "The finding of this address is not in this report.";
      return;
    }
    if (finding.suppression) filters.suppressed = true;
    let place = selection().indexOf(finding);
    if (place < 0) {
      Object.assign(filters, { q: "", severity: new Set(severities), pack: "", phase: "", folder: "", level: "", state: "", rule: "" });
      place = selection().indexOf(finding);
    }
    shown = Math.max(pageSize, place + 1);
    syncControls();
    showFindings();
    const details = byId("findings").children[place];
    open(details, finding);
    details.classList.add("target");
    details.scrollIntoView({ block: "center" });
    details.firstElementChild.focus({ preventScroll: true });
  }

  // MARK: Controls

  function choices(id, key, values) {
    const select = byId(id);
    const sorted = [...new Set(values.filter(Boolean))].sort();
    for (const value of sorted) select.append(make("option", { value }, value));
    select.closest("label").hidden = sorted.length < 2 && key !== "rule";
    select.addEventListener("change", () => apply({ [key]: select.value }));
  }

  function syncControls() {
    byId("search").value = filters.q;
    for (const key of ["pack", "phase", "folder", "level", "state", "rule"]) byId("filter-" + key).value = filters[key];
    for (const box of document.querySelectorAll("input[name=severity]")) box.checked = filters.severity.has(box.value);
    byId("suppressed").checked = filters.suppressed;
  }

  function setUpControls() {
    let waiting;
    byId("search").addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => apply({ q: event.target.value }), 120);
    });
    const set = byId("severities");
    for (const severity of severities) {
      const box = make("input", { type: "checkbox", name: "severity", value: severity, checked: true });
      box.addEventListener("change", () => {
        const chosen = new Set([...document.querySelectorAll("input[name=severity]:checked")].map((each) => each.value));
        apply({ severity: chosen });
      });
      set.append(make("label", {}, box, severity));
    }
    choices("filter-pack", "pack", findings.map((finding) => finding.info.pack));
    choices("filter-phase", "phase", findings.map((finding) => finding.info.phase));
    choices("filter-folder", "folder", findings.map(folderOf));
    choices("filter-level", "level", findings.map((finding) => finding.level));
    choices("filter-state", "state", findings.map((finding) => finding.state));
    choices("filter-rule", "rule", findings.map((finding) => finding.info.id));
    byId("suppressed").addEventListener("change", (event) => apply({ suppressed: event.target.checked }));
    byId("suppressed").closest("label").hidden = findings.length === active.length;
    byId("reset").addEventListener("click", () => jump({ suppressed: false }));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("more").addEventListener("click", () => {
      const first = shown;
      shown += pageSize;
      showFindings();
      const next = byId("findings").children[first];
      if (next) next.firstElementChild.focus();
    });
  }

  // MARK: What was not scanned

  function showNotScanned() {
    const groups = new Map();
    for (const notification of report.notifications) {
      const key = notification.level + " " + notification.kind;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(notification);
    }
    const order = ["error", "warning", "note"];
    const sorted = [...groups.values()].sort((a, b) => order.indexOf(a[0].level) - order.indexOf(b[0].level) || b.length - a.length);
    for (const group of sorted) {
      const list = make("ul");
      for (const each of group.slice(0, 1000)) {
        list.append(make("li", {}, each.path ? make("span", { className: "path" }, each.path + ": ") : null, each.message));
      }
      if (group.length > 1000) list.append(make("li", {}, `and ${group.length - 1000} more`));
      byId("notifications").append(make("details", { className: "group", open: group[0].level === "error" },
        make("summary", {}, `${group.length} × ${group[0].kind.replace(/-/g, " ")} (${group[0].level})`), list));
    }
    byId("not-scanned").hidden = report.notifications.length === 0;
  }

  // MARK: Together

  function show() {
    const fingerprint = readAddress();
    syncControls();
    showFindings();
    if (fingerprint) showFinding(fingerprint);
  }

  setUpControls();
  showFirst();
  showCharts();
  showNotScanned();
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", () => {
    const chosen = showFindings(printLimit);
    [...byId("findings").children].forEach((details, index) => open(details, chosen[index]));
  });
  window.addEventListener("afterprint", () => showFindings());
  byId("page").hidden = false;
  show();
})();
