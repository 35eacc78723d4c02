namespace Kindred.Reports.Tests.Pages;

/// <summary>JavaScript that examines a page and returns the problems as texts.</summary>
internal static class Script
{
    /// <summary>The violations that axe-core finds, whose script must have been run.</summary>
    /// <param name="rules">Options that choose rules.</param>
    public static string Violations(string rules) => $$"""
        axe.run(document, { ...{{rules}}, resultTypes: ['violations'] }).then(result => result.violations.flatMap(rule =>
          rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\s+/g, ' ')}`)))
        """;

    /// <summary>What readers cannot see: content beyond the window that no region scrolls to, and text of a drawing that is outside it or
    /// covered by other text.</summary>
    public const string Cut = """
        (() => {
          const found = [], room = document.documentElement.clientWidth;
          const name = e => `${e.tagName} "${e.textContent.trim().slice(0, 50)}"`;
          const scrolls = e => e && e !== document.body && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
          if (document.documentElement.scrollWidth > room) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
          for (const e of document.body.querySelectorAll('*')) {
            const box = e.getBoundingClientRect(), style = getComputedStyle(e);
            if (box.width === 0 || e.closest('svg') !== null && e.tagName !== 'svg') continue;
            if ((box.right > room + 1 || box.left < -1) && !scrolls(e.parentElement)) found.push(`${name(e)} leaves the window`);
            if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} is cut`);
          }
          for (const svg of document.querySelectorAll('svg')) {
            const edge = svg.getBoundingClientRect();
            if (edge.width === 0) continue;
            const texts = [...svg.querySelectorAll('text')].map(e => ({ e, box: e.getBoundingClientRect() }));
            for (const { e, box } of texts) {
              if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1)
                found.push(`${name(e)} leaves its drawing "${svg.getAttribute('aria-label').slice(0, 50)}"`);
            }
            for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
              const [a, b] = [texts[i].box, texts[j].box];
              const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (across > 1 && down > a.height / 3) found.push(`${name(texts[i].e)} covers ${name(texts[j].e)}`);
            }
          }
          return found;
        })()
        """;

    /// <summary>The regions whose content is larger than they are.</summary>
    public const string Regions = """
        [...document.querySelectorAll('*')].filter(e => /auto|scroll/.test(getComputedStyle(e).overflowX)
            && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight))
          .map(e => ({
            role: e.getAttribute('role') ?? '', tab: e.tabIndex, name: e.ariaLabel ?? '', shades: getComputedStyle(e).backgroundAttachment
          }))
        """;

    /// <summary>The heads of the first table that say that it is sorted, with their place.</summary>
    public const string SortedHeads = """
        [...document.querySelector('thead').rows[0].cells].flatMap((head, i) => head.ariaSort ? [`${i} ${head.ariaSort}`] : [])
        """;

    /// <summary>Content that a printed page would lack or that only a screen needs, and dark paper.</summary>
    public const string Unprinted = """
        (() => {
          const found = [];
          const name = e => `${e.tagName} "${e.textContent.trim().slice(0, 50)}"`;
          for (const e of document.querySelectorAll('body, .scroll')) {
            const cut = e.scrollWidth > e.clientWidth || /auto|scroll|hidden/.test(getComputedStyle(e).overflowX);
            if (cut) found.push(`${name(e)} scrolls or is cut`);
          }
          for (const e of document.querySelectorAll('p, td, tbody th, dd, figcaption')) {
            if (!e.checkVisibility()) found.push(`${name(e)} is not shown`);
          }
          for (const e of document.querySelectorAll('nav, input')) if (e.checkVisibility()) found.push(`${name(e)} is shown`);
          if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') found.push('the paper is not white');
          return found;
        })()
        """;
}
