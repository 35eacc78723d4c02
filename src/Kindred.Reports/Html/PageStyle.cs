namespace Kindred.Reports.Html;

/// <summary>The style sheet of pages.</summary>
internal static class PageStyle
{
    public const string Css = $$"""
        :root {
          color-scheme: light dark;
        {{DesignTokens.LightColors}}
        }
        @media (prefers-color-scheme: dark) {
          :root {
        {{DesignTokens.DarkColors}}
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: {{DesignTokens.Font}}; }
        main { max-width: {{DesignTokens.PageWidth}}; margin: 0 auto; padding: 40px 24px 72px; }
        h1 { font-size: 31px; line-height: 40px; font-weight: 650; margin: 0 0 12px; overflow-wrap: anywhere; }
        h2 { font-size: 25px; line-height: 32px; font-weight: 650; margin: 0 0 8px; overflow-wrap: anywhere; }
        section { margin-top: 48px; padding-top: 24px; border-top: 1px solid var(--rule); }
        p { margin: 0 0 16px; max-width: 72ch; overflow-wrap: break-word; }
        p.headline { font-size: 20px; line-height: 28px; }
        p.note { color: var(--soft); font-size: 14px; line-height: 20px; }
        a { color: var(--action); text-underline-offset: 2px; }
        :focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
        nav { margin-top: 24px; font-size: 14px; line-height: 24px; }
        nav ul { list-style: none; margin: 0; padding: 0; }
        nav li { overflow-wrap: anywhere; }
        nav a { display: inline-block; max-width: 100%; }
        nav details { margin: 0; }
        nav ul.columns { columns: 16rem; column-gap: 24px; padding-left: 16px; }
        dl { margin: 0; } dt { font-weight: 550; } dd { margin: 0 0 12px; max-width: 72ch; }
        dl.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 24px 0; }
        dl.key div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 12px 16px; }
        dl.key dt { font-weight: 400; font-size: 14px; line-height: 20px; color: var(--soft); }
        dl.key dd { font-size: 25px; line-height: 32px; font-weight: 650; margin: 0 0 4px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .notice { max-width: {{DesignTokens.FigureLimit}}; border: 1px solid; border-radius: {{DesignTokens.CornerRadius}}; padding: 12px 16px; margin: 0 0 12px; }
        .notice.good { color: var(--good); background: var(--good-ground); }
        .notice.warning { color: var(--warning); background: var(--warning-ground); }
        .notice.bad { color: var(--bad); background: var(--bad-ground); }
        .notice .sign { display: inline-block; min-width: 1ch; font-weight: 650; }
        figure { margin: 24px 0 16px; max-width: {{DesignTokens.FigureLimit}}; background: var(--card); border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 16px; }
        figcaption { font-weight: 550; margin-bottom: 12px; overflow-wrap: anywhere; }
        .multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 16px; margin: 24px 0; }
        .multiples figure { margin: 0; display: flex; flex-direction: column; justify-content: space-between; }
        svg { display: block; width: 100%; height: auto; font-family: inherit; }
        svg.narrow { display: none; }
        @media (max-width: {{DesignTokens.NarrowWindow}}) {
          main { padding: 24px 16px 48px; }
          h1 { font-size: 25px; line-height: 32px; }
          h2 { font-size: 20px; line-height: 28px; }
          p.headline { font-size: 16px; line-height: 24px; }
          figure { padding: 12px 8px; }
          th, td { padding: 4px 8px !important; }
          table.note td:last-child { min-width: 15ch !important; }
          table.note tbody th { min-width: 26cqi; }
          table.note th:last-child, table.note td:last-child { padding-left: 12px !important; }
          svg.wide { display: none; }
          svg.narrow { display: block; }
        }
        details { margin: 0 0 16px; }
        summary { cursor: pointer; color: var(--action); padding: 4px 0; }
        details[open] > summary { margin-bottom: 8px; }
        /* The covers move with the content and hide the shades at its ends, so a shade is seen where there is more. */
        .scroll {
          overflow: auto; max-height: min(44rem, 85vh); margin: 0 0 24px; container-type: inline-size;
          background:
            linear-gradient(to right, var(--ground) 35%, transparent) 0 0 / 48px 100% no-repeat local,
            linear-gradient(to left, var(--ground) 35%, transparent) 100% 0 / 48px 100% no-repeat local,
            linear-gradient(to bottom, var(--ground) 35%, transparent) 0 0 / 100% 48px no-repeat local,
            linear-gradient(to top, var(--ground) 35%, transparent) 0 100% / 100% 48px no-repeat local,
            linear-gradient(to right, var(--shade), transparent) 0 0 / 16px 100% no-repeat scroll,
            linear-gradient(to left, var(--shade), transparent) 100% 0 / 16px 100% no-repeat scroll,
            linear-gradient(to bottom, var(--shade), transparent) 0 0 / 100% 16px no-repeat scroll,
            linear-gradient(to top, var(--shade), transparent) 0 100% / 100% 16px no-repeat scroll;
        }
        table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 14px; line-height: 20px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding: 8px 0; }
        caption span { position: sticky; left: 0; display: inline-block; max-width: 100cqi; padding: 0 8px 0 4px; }
        th, td { padding: 4px 12px; text-align: right; border-bottom: 1px solid var(--rule); }
        td { white-space: nowrap; }
        thead th { position: sticky; top: 0; z-index: 1; background: var(--ground); vertical-align: bottom; border-bottom: 2px solid var(--rule); font-weight: 550; }
        th:first-child { text-align: left; padding-left: 4px; }
        tbody th { position: sticky; left: 0; background: var(--ground); font-weight: 400; min-width: min(16ch, 38cqi); max-width: min(34ch, 42cqi); overflow-wrap: anywhere; }
        tbody th a { display: inline-block; padding: 2px 0; }
        table.note th:last-child, table.note td:last-child { text-align: left; padding-left: 24px; white-space: normal; }
        table.note td:last-child { color: var(--soft); min-width: 26ch; }
        th button { font: inherit; color: inherit; text-align: inherit; background: none; border: 0; margin: 0; padding: 2px 0; min-height: 24px; min-width: 24px; cursor: pointer; }
        th button::after { content: "\00a0↕"; color: var(--soft); }
        th[aria-sort="ascending"] button::after { content: "\00a0↑"; color: var(--ink); }
        th[aria-sort="descending"] button::after { content: "\00a0↓"; color: var(--ink); }
        .search { display: block; font-size: 14px; margin-bottom: 4px; }
        .search input { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: 4px 8px; min-height: 32px; max-width: 100%; margin-right: 8px; }
        .search span { color: var(--soft); }
        pre { border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 12px 16px; font-size: 14px; line-height: 20px; }
        text { fill: var(--ink); font-size: 13px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        text.tick { fill: var(--soft); font-size: 12.5px; } text.strong { font-weight: 600; }
        text.end { text-anchor: end; } text.middle { text-anchor: middle; }
        .grid { stroke: var(--grid); } .axis { stroke: var(--soft); } .span { stroke: var(--rule); stroke-width: 2; }
        .error { stroke: var(--ink); stroke-width: 1.5; } .mark { stroke: var(--card); stroke-width: 1; }
        .choice { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
        .f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); } .f4 { fill: var(--c4); }
        .l0, .l1, .l2, .l3, .l4 { fill: none; stroke-width: 2; }
        .l0 { stroke: var(--c0); stroke-width: 2.5; } .l1 { stroke: var(--c1); stroke-dasharray: 7 4; } .l2 { stroke: var(--c2); stroke-dasharray: 2 4; }
        .l3 { stroke: var(--c3); stroke-dasharray: 10 3 2 3; } .l4 { stroke: var(--c4); stroke-dasharray: 1 3; }
        .b0, .b1, .b2, .b3, .b4 { opacity: 0.18; }
        .b0 { fill: var(--c0); } .b1 { fill: var(--c1); } .b2 { fill: var(--c2); } .b3 { fill: var(--c3); } .b4 { fill: var(--c4); }
        @media print {
          :root {
            color-scheme: light;
        {{DesignTokens.LightColors}}
            --ground: #fff;
          }
          main { max-width: none; padding: 0; }
          nav, .search, th button::after { display: none; }
          section { margin-top: 24px; padding-top: 12px; }
          h2, figcaption, caption { break-after: avoid; }
          figure, tr, .notice, dl.key div { break-inside: avoid; }
          details::details-content { content-visibility: visible; block-size: auto; }
          .scroll { overflow: visible; max-height: none; background: none; container-type: normal; }
          table { font-size: 10px; line-height: 14px; }
          th, td { padding: 2px 6px; position: static !important; }
          td { white-space: normal; }
          caption span { position: static; max-width: none; }
          pre { white-space: pre-wrap; }
        }

        """;
}
