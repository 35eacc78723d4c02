using System.Security.Cryptography;
using System.Text;

namespace Kindred.Reports.Html;

/// <summary>The script of pages: it sorts tables by a click on a head, and searches long ones. Pages are complete without it.</summary>
internal static class PageScript
{
    /// <summary>The script. It builds elements only from texts that the page already has, so it cannot turn data into markup.</summary>
    public const string Text = """

        'use strict';
        const searchedRows = 10, sortedRows = 2;
        const textOf = cell => cell.textContent.trim();
        // Leading words and signs of cells such as "under 5%", "<25" and "−0.3" are no part of the number.
        const numberOf = cell => {
          const found = /^(?:under |<)?([+−-]?[\d,]*\.?\d+)/.exec(textOf(cell));
          return found === null ? null : Number(found[1].replaceAll(',', '').replace('−', '-'));
        };
        const isEmpty = cell => ['', '–'].includes(textOf(cell));

        function sort(table, rows, column) {
          const heads = [...table.tHead.rows[0].cells], cells = new Map(rows.map(row => [row, row.cells[column]]));
          const isNote = table.classList.contains('note') && column === heads.length - 1;
          const isNumber = column > 0 && !isNote && rows.every(row => isEmpty(cells.get(row)) || numberOf(cells.get(row)) !== null);
          // Numbers start with the largest, texts with the first; a second click turns the order around.
          const turned = { ascending: 'descending', descending: 'ascending' };
          const order = turned[heads[column].getAttribute('aria-sort')] ?? (isNumber ? 'descending' : 'ascending');
          const sign = order === 'ascending' ? 1 : -1;
          const compare = (a, b) => isNumber ? numberOf(a) - numberOf(b)
            : textOf(a).localeCompare(textOf(b), 'en', { numeric: true });
          const byCell = (one, other) => {
            const [a, b] = [cells.get(one), cells.get(other)];
            return isEmpty(a) - isEmpty(b) || (isEmpty(a) ? 0 : sign * compare(a, b));
          };
          for (const head of heads) head.removeAttribute('aria-sort');
          heads[column].setAttribute('aria-sort', order);
          table.tBodies[0].append(...[...rows].sort(byCell));
        }

        function addSorting(table, rows) {
          [...table.tHead.rows[0].cells].forEach((head, column) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.append(...head.childNodes);
            button.addEventListener('click', () => sort(table, rows, column));
            head.append(button);
          });
        }

        function addSearch(table, rows) {
          const label = document.createElement('label'), input = document.createElement('input'), shown = document.createElement('span');
          label.className = 'search';
          input.type = 'search';
          shown.setAttribute('role', 'status');
          label.append('Find in this table ', input, shown);
          input.addEventListener('input', () => {
            const wanted = input.value.trim().toLowerCase();
            for (const row of rows) row.hidden = !textOf(row).toLowerCase().includes(wanted);
            shown.textContent = wanted === '' ? '' : `${rows.filter(row => !row.hidden).length} of ${rows.length} rows`;
          });
          table.closest('.scroll').before(label);
        }

        for (const table of document.querySelectorAll('table')) {
          const rows = [...table.tBodies[0].rows];
          if (rows.length > searchedRows) addSearch(table, rows);
          if (rows.length >= sortedRows) addSorting(table, rows);
        }

        """;

    /// <summary>The hash by which the page's policy admits this script and no other.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
