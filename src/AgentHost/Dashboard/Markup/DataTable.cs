namespace Flatfile.Agent.Host.Dashboard.Markup;

/// <summary>A table of data that is shown as cards on narrow screens; roles are written out, as browsers drop them there.</summary>
internal static class DataTable
{
    /// <param name="label">What the table holds, for those who hear it.</param>
    /// <param name="columns">The heads.</param>
    /// <param name="rows">Cells, as many as there are heads.</param>
    /// <param name="empty">Said instead of a table without rows.</param>
    public static Html Of(string label, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Html>> rows, string empty)
    {
        var written = rows.Select(cells => Row(columns, cells)).ToList();
        return written.Count == 0
            ? Html.Of($"""<p class="none">{empty}</p>""")
            : Html.Of($"""
                <table role="table" aria-label="{label}"><thead role="rowgroup"><tr role="row">{columns.Select(c => Html.Of($"""<th role="columnheader" scope="col">{c}</th>"""))}</tr></thead>
                <tbody role="rowgroup">{written}</tbody></table>

                """);
    }

    private static Html Row(IReadOnlyList<string> columns, IReadOnlyList<Html> cells) =>
        Html.Of($"""<tr role="row">{cells.Select((cell, i) => Html.Of($"""<td role="cell" data-label="{columns[i]}"><div>{cell}</div></td>"""))}</tr>{"\n"}""");
}
