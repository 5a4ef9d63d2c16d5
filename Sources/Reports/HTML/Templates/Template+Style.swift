extension Template {
    /// How it looks: fonts of the system, colours that stay readable without colour, one column on a telephone.
    static let style = """
        :root {
          --paper: #fbfaf6; --sheet: #ffffff; --ink: #1d1c1a; --soft: #5d5a54; --rule: #dcd8ce; --tint: #f3f0e8;
          --critical: #8f1d1d; --high: #a3410c; --medium: #785600; --low: #2c5578; --informational: #55524c;
          --link: #22507a;
          --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, "Liberation Serif", serif;
          --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", "Liberation Mono", monospace;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #161513; --sheet: #1e1d1a; --ink: #e9e5dc; --soft: #a8a297; --rule: #38352f; --tint: #262420;
            --critical: #f09a94; --high: #f0ab7a; --medium: #dcbc6c; --low: #94bfe4; --informational: #b8b2a7;
            --link: #9cc4ea;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 58rem; background: var(--paper); color: var(--ink);
          font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word;
        }
        p, ul, ol, dl, table { margin: 0 0 1rem; }
        p, li { max-width: 42rem; }
        h1, h2, h3, h4, h5 { margin: 0; line-height: 1.2; font-weight: 600; text-wrap: balance; }
        h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); letter-spacing: -0.01em; margin-bottom: 0.75rem; }
        h2 { font-size: 1.625rem; margin-bottom: 1rem; }
        h3 { font-size: 1.1875rem; margin: 2rem 0 0.5rem; }
        h4 { font-size: 1.1875rem; }
        h5, .kicker, .label, .tag, .badge, .severity-head p, dt, th, td, caption, nav, .small, .note, .place, footer {
          font-family: var(--sans);
        }
        h5 { font-size: 0.8125rem; color: var(--soft); margin: 1.25rem 0 0.25rem; }
        section { margin-top: 4rem; scroll-margin-top: 1rem; }
        a { color: var(--link); text-underline-offset: 0.15em; }
        a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        bdi, dd, code { unicode-bidi: isolate; }
        code { font: 0.8125rem/1.5 var(--mono); overflow-wrap: anywhere; }
        .small { font-size: 0.8125rem; line-height: 1.45; color: var(--soft); }
        .note { font-size: 0.9375rem; color: var(--soft); }
        .kicker { font-size: 0.875rem; font-weight: 600; color: var(--soft); margin: 0 0 0.5rem; }
        .lead { font-size: 1.1875rem; line-height: 1.5; color: var(--soft); }
        .alert { background: var(--tint); border-left: 4px solid var(--high); padding: 0.875rem 1.125rem; }
        header .alert { max-width: none; }

        .facts { margin: 1.75rem 0; border-top: 1px solid var(--rule); font-size: 0.9375rem; }
        .facts > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: 0.4375rem 0; border-bottom: 1px solid var(--rule); }
        dt { color: var(--soft); font-size: 0.875rem; }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        .facts dd { font-family: var(--sans); }
        nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; font-size: 0.9375rem; }

        .verdict { --accent: var(--informational); background: var(--sheet); border: 1px solid var(--rule); border-left: 6px solid var(--accent); padding: 1.5rem 1.75rem 0.75rem; margin-top: 2.5rem; }
        .verdict.confirmed, .verdict.strong-match { --accent: var(--critical); }
        .verdict.suspicious { --accent: var(--high); }
        .verdict.attempt-or-contact { --accent: var(--medium); }
        .verdict.no-match { --accent: var(--low); }
        .verdict h2 { font-size: clamp(1.625rem, 1.3rem + 1.4vw, 2.125rem); color: var(--accent); }
        .verdict .label { display: block; font-size: 0.8125rem; font-weight: 600; color: var(--soft); margin-bottom: 0.375rem; }
        .verdict .count { font-weight: 600; }
        .verdict h3 { margin-top: 1.25rem; }
        .verdict li { margin-bottom: 0.375rem; }

        .steps { padding-left: 1.5rem; }
        .steps li { margin-bottom: 0.875rem; padding-left: 0.25rem; }
        .steps li::marker { font-family: var(--sans); font-weight: 600; color: var(--soft); }
        .said { border-left: 2px solid var(--link); padding-left: 0.625rem; }
        .held { display: block; margin-bottom: 0.1875rem; }
        .exposure h3 { font-family: var(--sans); font-variant-numeric: tabular-nums; }
        .exposure .facts, #protection .facts { margin: 0.75rem 0 1rem; }
        .helper { display: block; font-weight: 600; margin: 0.25rem 0 0.25rem 1rem; }

        .severity-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; margin: 2.5rem 0 0.75rem; border-bottom: 1px solid var(--rule); padding-bottom: 0.375rem; }
        .severity-head h3 { margin: 0; font-size: 1.375rem; }
        .severity-head p { margin: 0; font-size: 0.875rem; color: var(--soft); }
        .card { --accent: var(--informational); background: var(--sheet); border: 1px solid var(--rule); border-top: 3px solid var(--accent); padding: 1.25rem 1.5rem; margin: 0 0 1.5rem; scroll-margin-top: 1rem; }
        .critical { --accent: var(--critical); }
        .high { --accent: var(--high); }
        .medium { --accent: var(--medium); }
        .low { --accent: var(--low); }
        .card h4 { display: grid; grid-template-columns: auto minmax(0, 1fr); overflow-wrap: anywhere; gap: 0 0.625rem; }
        .card .number { font-family: var(--sans); color: var(--soft); font-weight: 400; }
        .tags { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.375rem 1rem; margin: 0.625rem 0 0; font-size: 0.875rem; max-width: none; }
        .tag { font-size: 0.875rem; color: var(--soft); }
        .badge { display: inline-block; border: 1px solid var(--accent, currentColor); color: var(--accent, inherit); border-radius: 3px; padding: 0.0625rem 0.4375rem; font-size: 0.8125rem; font-weight: 600; line-height: 1.4; white-space: nowrap; }
        .reading { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
        .reading .whole { grid-column: 1 / -1; }
        .reading p, .reading ul { margin-bottom: 0; font-size: 1rem; line-height: 1.5; }
        .reading ul, .sources { padding-left: 1.125rem; }
        .entries { list-style: none; padding: 0; margin-bottom: 0; }
        .entries > li { max-width: none; border-top: 1px solid var(--rule); padding: 0.625rem 0 0.75rem; }
        .place { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0 0 0.25rem; font-size: 0.875rem; font-weight: 600; max-width: none; }
        .place span { font-weight: 400; color: var(--soft); }
        .record { margin: 0; font-size: 0.8125rem; }
        .record > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: 0.125rem 0; }
        .record dt { font-size: 0.8125rem; overflow-wrap: anywhere; }
        .record dd { font: 0.8125rem/1.5 var(--mono); }
        .record .observed dd { font-weight: 700; }
        .record .origin dd { color: var(--soft); }
        .sources { font-size: 0.875rem; overflow-wrap: anywhere; }
        .card .sources { margin-bottom: 0.25rem; }
        .card .sources li { max-width: none; }

        table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; line-height: 1.45; }
        caption { text-align: left; font-size: 0.8125rem; color: var(--soft); padding-bottom: 0.375rem; }
        th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; overflow-wrap: anywhere; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { font-size: 0.8125rem; font-weight: 600; border-bottom: 2px solid var(--rule); overflow-wrap: normal; }
        th strong { font-weight: 600; }
        th .small, th code, td .small, .damage, .loss { display: block; }
        th code { color: var(--soft); font-size: 0.75rem; }
        .detail { display: block; color: var(--soft); }
        .figure { font-variant-numeric: tabular-nums; }
        td time { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .damage { border-left: 2px solid var(--high); padding-left: 0.5rem; margin-top: 0.25rem; font-size: 0.8125rem; }
        .loss { font-size: 0.8125rem; margin-bottom: 0.1875rem; }
        .examined thead th:nth-child(1) { width: 28%; }
        .examined thead th:nth-child(2) { width: 32%; }
        .examined thead th:nth-child(3) { width: 15%; }
        .examined thead th:nth-child(4) { width: 25%; }
        .digests th { width: 45%; font-size: 0.8125rem; }
        .digests code { font-size: 0.75rem; }
        footer { margin-top: 4rem; border-top: 1px solid var(--rule); padding-top: 1rem; font-size: 0.8125rem; color: var(--soft); }

        @media screen and (max-width: 44rem) {
          body { padding: 1.25rem 1rem 3rem; }
          section { margin-top: 3rem; }
          .reading { grid-template-columns: minmax(0, 1fr); }
          .verdict { padding: 1.125rem 1.125rem 0.5rem; }
          .card { padding: 1rem; margin-inline: -0.25rem; }
          .facts > div { grid-template-columns: minmax(0, 1fr); }
          .record > div { grid-template-columns: 9.25rem minmax(0, 1fr); gap: 0 0.75rem; }
          .verdict ul { padding-left: 1.125rem; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          table, tbody, tr, th, td, caption { display: block; }
          tr { border-bottom: 1px solid var(--rule); padding: 0.625rem 0; }
          thead tr { border: 0; padding: 0; }
          th, td { border: 0; padding: 0.125rem 0; }
          td[data-label]::before { content: attr(data-label); display: block; font-size: 0.75rem; color: var(--soft); margin-top: 0.25rem; }
          .digests th { width: auto; }
          td[colspan]::before { content: none; }
        }
        @media print {
          @page { margin: 18mm 16mm; }
          :root { --paper: #ffffff; --tint: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --link: #000000; }
          html { font-size: 9.5pt; }
          body { max-width: none; padding: 0; font-size: 1rem; }
          p, li { max-width: none; }
          nav { display: none; }
          a { text-decoration: none; }
          section { margin-top: 2rem; }
          .alert { border: 1px solid var(--rule); border-left: 4px solid var(--high); }
          h2, h3, h4, h5, caption, .severity-head { break-after: avoid; }
          .verdict, .steps li, .entries > li, tr, .reading > div { break-inside: avoid; }
          thead { display: table-header-group; }
        }
        """
}
