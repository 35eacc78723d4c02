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
        h1 { font-size: 30px; line-height: 1.2; margin: 0 0 12px; letter-spacing: -0.01em; }
        h2 { font-size: 21px; margin: 0 0 8px; }
        section { margin-top: 44px; padding-top: 28px; border-top: 1px solid var(--rule); }
        p { margin: 0 0 14px; max-width: 72ch; }
        p.headline { font-size: 20px; line-height: 1.45; }
        p.note { color: var(--soft); font-size: 14px; }
        dl { margin: 0; } dt { font-weight: 600; } dd { margin: 0 0 12px; max-width: 72ch; }
        dl.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 24px 0 0; }
        dl.key div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 14px 16px; }
        dl.key dt { font-weight: 400; font-size: 14px; line-height: 1.35; color: var(--soft); }
        dl.key dd { font-size: 27px; line-height: 1.2; font-weight: 650; margin: 0 0 4px; font-variant-numeric: tabular-nums; }
        figure { margin: 22px 0 14px; background: var(--card); border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 16px 20px; overflow-x: auto; }
        figcaption { font-weight: 600; margin-bottom: 12px; }
        svg { display: block; width: 100%; min-width: 600px; height: auto; font-family: inherit; }
        .scroll { overflow-x: auto; margin: 0 0 18px; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding: 6px 0; }
        th, td { padding: 5px 10px; text-align: right; border-bottom: 1px solid var(--rule); }
        td { white-space: nowrap; }
        thead th { vertical-align: bottom; border-bottom: 2px solid var(--rule); line-height: 1.3; }
        th:first-child { text-align: left; padding-left: 0; }
        tbody th { font-weight: 500; max-width: 28ch; overflow-wrap: break-word; }
        table.note th:last-child, table.note td:last-child { text-align: left; padding-left: 24px; color: var(--soft); font-weight: 400; white-space: normal; }
        pre { background: var(--card); border: 1px solid var(--rule); border-radius: {{DesignTokens.CornerRadius}}; padding: 12px 16px; overflow-x: auto; font-size: 14px; line-height: 1.5; margin: 0 0 18px; }
        text { fill: var(--ink); font-size: 13px; }
        text.tick { fill: var(--soft); font-size: 12.5px; } text.strong { font-weight: 600; }
        text.end { text-anchor: end; } text.middle { text-anchor: middle; }
        .grid { stroke: var(--grid); } .axis { stroke: var(--soft); } .span { stroke: var(--rule); stroke-width: 2; }
        .error { stroke: var(--ink); stroke-width: 1.5; } .mark { stroke: var(--card); stroke-width: 1; }
        .f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); } .f4 { fill: var(--c4); }
        .l0, .l1, .l2, .l3, .l4 { fill: none; stroke-width: 2; }
        .l0 { stroke: var(--c0); stroke-width: 2.5; } .l1 { stroke: var(--c1); stroke-dasharray: 7 4; } .l2 { stroke: var(--c2); stroke-dasharray: 2 4; }
        .l3 { stroke: var(--c3); stroke-dasharray: 10 3 2 3; } .l4 { stroke: var(--c4); stroke-dasharray: 1 3; }
        .b0, .b1, .b2, .b3, .b4 { opacity: 0.18; }
        .b0 { fill: var(--c0); } .b1 { fill: var(--c1); } .b2 { fill: var(--c2); } .b3 { fill: var(--c3); } .b4 { fill: var(--c4); }
        @media print { body { background: #fff; } section { break-inside: avoid; } }

        """;
}
