/// The style sheet of a report. The colours of the curves are those of Okabe and Ito, "Color universal
/// design", 2008, darkened or lightened to stand out from the page.
enum ReportStyle {
  static let css = """
    :root { --page: #ffffff; --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --faint: #eceff2;
      --c0: #0072b2; --c1: #d55e00; --c2: #008a64; --c3: #b0578d; --c4: #b87a00; --c5: #3a9bd6; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #14171b; --ink: #e8ebee; --soft: #a3adb8; --line: #3a424b; --faint: #262c33;
        --c0: #4aa3df; --c1: #f2854a; --c2: #2fc39a; --c3: #dc94bf; --c4: #e9b23c; --c5: #8fd0f5; } }
    body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--page);
      color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .4rem; }
    h2, figcaption { font-size: 1.1rem; font-weight: 600; margin: 1.6rem 0 .4rem; }
    figure { margin: 0; }
    figure > svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--soft); font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; }
    svg text.name, svg text.mark { fill: var(--ink); }
    svg text.mark { paint-order: stroke; stroke: var(--page); stroke-width: 5px;
      stroke-linejoin: round; }
    .grid { stroke: var(--line); } .minor { stroke: var(--faint); }
    .frame { fill: none; stroke: var(--soft); }
    .diagonal { fill: none; stroke: var(--soft); stroke-dasharray: 1 4; stroke-linecap: round; }
    .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
    .pooled { stroke: var(--ink); stroke-width: 3.2; }
    .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); }
    .c3 { stroke: var(--c3); } .c4 { stroke: var(--c4); } .c5 { stroke: var(--c5); }
    .area { stroke-width: 1.6; fill-opacity: .28; }
    .impostor { stroke: var(--c1); fill: var(--c1); background: var(--c1); }
    .genuine { stroke: var(--c0); fill: var(--c0); background: var(--c0); }
    .threshold { stroke: var(--ink); stroke-dasharray: 4 3; }
    .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: .4rem 0;
      padding: 0 0 0 4.8rem; font-size: .85rem; }
    .legend svg { vertical-align: middle; display: inline; margin-right: .4rem; }
    .swatch { display: inline-block; width: 1rem; height: .7rem; margin-right: .4rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .6rem 0; }
    dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .6rem; text-align: right; vertical-align: top;
      border-bottom: 1px solid var(--line); }
    th:first-child { text-align: left; }
    tbody th { font-weight: 400; }
    td small { display: block; color: var(--soft); white-space: nowrap; }
    .summary th, .summary td { font-weight: 600; } .summary td small { font-weight: 400; }
    .note { color: var(--soft); font-size: .85rem; }
    """
}
