using System.Text;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>Asks which of some values stand in a field of a sheet: the platform looks, and only the values found travel.</summary>
internal sealed class PresentValues(FlatfileClient client, string sheetId, string field)
{
    /// <summary>Addresses beyond some 8,000 characters are refused on the way; a character may take nine of them.</summary>
    private const int LongestQuery = 900;

    public async Task<IReadOnlyDictionary<string, bool>> AskAsync(IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var some in Parts(values))
        {
            var query = new CellsQuery { FieldKey = field, Rows = new RecordQuery { Q = AnyOf(field, some) }, PageSize = 10_000 };
            var cells = await client.Sheets.GetCellValuesAsync(sheetId, query, cancellationToken: cancellationToken);
            foreach (var cell in cells.GetValueOrDefault(field) ?? [])
            {
                if (cell.Value is { ValueKind: not JsonValueKind.Null } value)
                {
                    found[value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()] = true;
                }
            }
        }

        // The platform's comparison may be wider than ours: what was not asked for is no answer.
        return values.Where(found.ContainsKey).ToDictionary(value => value, _ => true, StringComparer.Ordinal);
    }

    /// <summary>A condition in Flatfile's query language: the field has one of the values. Each text is quoted, whatever it holds.</summary>
    internal static string AnyOf(string field, IReadOnlyList<string> values)
    {
        var query = new StringBuilder();
        foreach (var value in values)
        {
            Quote(query.Length == 0 ? query : query.Append(" or "), field);
            Quote(query.Append(" eq "), value);
        }

        return query.ToString();
    }

    private static void Quote(StringBuilder query, string text)
    {
        query.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                query.Append('\\');
            }

            query.Append(c);
        }

        query.Append('"');
    }

    private IEnumerable<List<string>> Parts(IReadOnlyList<string> values)
    {
        var (part, length) = (new List<string>(), 0);
        foreach (var value in values)
        {
            var more = value.Length + field.Length + 12;
            if (part.Count > 0 && length + more > LongestQuery)
            {
                yield return part;
                (part, length) = (new List<string>(), 0);
            }

            part.Add(value);
            length += more;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
