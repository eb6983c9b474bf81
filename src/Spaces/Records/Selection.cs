using System.Globalization;
using System.Text;
using Flatfile.Api;
using Flatfile.Spaces.Records.Ffql;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>The rows a query takes, as a condition on <c>x</c>, with what is known about it for finding pages fast.</summary>
internal sealed class Selection
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];
    private bool _isEmpty;

    private Selection()
    {
    }

    /// <summary>The one metric of the blocks that counts this selection's rows, where there is one.</summary>
    public BlockMetric? Metric { get; private set; }

    /// <summary>With a metric: only rows in this range.</summary>
    public (long First, long Last)? Range { get; private set; }

    /// <summary>The columns in which every row must hold one value.</summary>
    public List<SoughtColumn> Sought { get; } = [];

    public bool IsEverything => Metric == BlockMetric.Rows && Range is null && !_isEmpty;

    public string Where => _isEmpty ? "0" : _conditions.Count == 0 ? "1" : string.Join(" AND ", _conditions);

    public static Selection Of(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        var selection = new Selection();
        selection.AddPicked(connection, schema, query);
        selection.AddCommits(connection, schema, query);
        return selection;
    }

    /// <summary>Binds the values the condition names.</summary>
    public void Bind(Statement statement)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            switch (_values[i])
            {
                case string text:
                    statement.Bind(i + 1, text);
                    break;
                case long number:
                    statement.Bind(i + 1, number);
                    break;
                case double number:
                    statement.Bind(i + 1, number);
                    break;
                case byte[] json:
                    statement.Bind(i + 1, CellData.OfJson(json));
                    break;
            }
        }
    }

    /// <summary>A parameter for a value, numbered so that others may follow.</summary>
    public string Text(string text) => Parameter(text);

    /// <inheritdoc cref="Text" />
    public string Number(long number) => Parameter(number);

    /// <inheritdoc cref="Text" />
    public string Number(double number) => Parameter(number);

    /// <summary>
    /// Parameters for the forms in which a cell of a field may hold exactly this text, as the right side of a comparison. Mostly it is one, and an
    /// index then gives the rows in their order.
    /// </summary>
    public string IsForm(SheetField field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var forms = new List<string> { Parameter(text) };
        if ((field.IsTyped || field.Kind == FieldKind.Number) && NumberText.TryInteger(bytes, out var integer))
        {
            forms.Add(Parameter(integer));
        }

        if (bytes[0] is (byte)'[' or (byte)'{' || (field.IsTyped && (text is "true" or "false" || NumberText.IsJson(bytes))))
        {
            forms.Add(Parameter(bytes));
        }

        return forms.Count == 1 ? $"= {forms[0]}" : $"IN ({string.Join(", ", forms)})";
    }

    /// <summary>A field a query names.</summary>
    /// <exception cref="RecordBodyException">The sheet has none such.</exception>
    public static SheetField FieldOf(SheetSchema schema, string key, string parameter) =>
        schema.Find(key) ?? throw new RecordBodyException(
            $"{parameter}: sheet '{schema.Definition.Slug}' has no field '{key}'. It has: {string.Join(", ", schema.Fields.Take(20).Select(field => field.Key))}.");

    private void AddPicked(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        if (!query.IsSelection && query.Ids.Count > 0)
        {
            _conditions.Add($"x.id IN ({Rows(schema, query.Ids)})");
            return;
        }

        if (query.Filter == RecordFilter.None)
        {
            _isEmpty = true;
            return;
        }

        Metric = AddFilter(schema, query);
        if (!string.IsNullOrEmpty(query.SearchValue))
        {
            Metric = null;
            _conditions.Add(TextSearch.Condition(connection, schema, query.SearchValue, query.SearchField, this));
        }

        if (!string.IsNullOrEmpty(query.Q))
        {
            Metric = null;
            var condition = new FfqlCondition(connection, schema, this);
            var node = FfqlParser.Parse(query.Q);
            _conditions.Add(condition.Of(node));
            Sought.AddRange(condition.Sought(node));
        }

        if (query.Ids.Count > 0)
        {
            Metric = null;
            _conditions.Add($"x.id NOT IN ({Rows(schema, query.Ids)})");
        }
    }

    private string Parameter(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{_values.Count}");
    }

    private BlockMetric? AddFilter(SheetSchema schema, RowQuery query)
    {
        var field = string.IsNullOrEmpty(query.FilterField) ? null : FieldOf(schema, query.FilterField, "filterField");
        var mark = string.Create(CultureInfo.InvariantCulture, $"',{field?.Column},'");
        switch (query.Filter)
        {
            case null or RecordFilter.All:
                return BlockMetric.Rows;
            case RecordFilter.Valid when field is null:
                _conditions.Add("x.bad IS NULL");
                return BlockMetric.Valid;
            case RecordFilter.Valid:
                _conditions.Add($"(x.bad IS NULL OR instr(x.bad, {mark}) = 0)");
                return null;
            case RecordFilter.Error when field is null:
                _conditions.Add("x.bad IS NOT NULL");
                return BlockMetric.Errors;
            case RecordFilter.Error:
                _conditions.Add($"x.bad IS NOT NULL AND instr(x.bad, {mark}) > 0");
                return null;
            default:
                throw new RecordBodyException($"filter: '{query.Filter}' is not known. Use valid, error, all or none.");
        }
    }

    private void AddCommits(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        if (query.Commit is { } commit)
        {
            if (CommitRows.OneRange(connection, schema.Number, commit) is { } rows)
            {
                Range = rows;
                _conditions.Add(string.Create(CultureInfo.InvariantCulture, $"x.id BETWEEN {rows.First} AND {rows.Last}"));
            }
            else
            {
                Metric = null;
                _conditions.Add(CommitRows.Condition(schema, commit));
            }
        }

        if (query.SinceCommit is { } since)
        {
            Metric = null;
            var first = CommitRows.FirstInsertedAfter(connection, schema.Number, since) ?? long.MaxValue;
            _conditions.Add(string.Create(CultureInfo.InvariantCulture, $"(x.changed > {since} OR x.id >= {first})"));
        }
    }

    /// <summary>The rows of ids; ids of other sheets and malformed ones name no row.</summary>
    private static string Rows(SheetSchema schema, IReadOnlyList<string> ids)
    {
        if (ids.Count > RecordLimits.Ids)
        {
            throw new RecordBodyException($"ids: {ids.Count:N0} ids in one selection, at most {RecordLimits.Ids:N0} are taken.");
        }

        var rows = new List<string>(ids.Count);
        foreach (var id in ids)
        {
            if (RecordId.TryParse(id, schema.Number, out var row))
            {
                rows.Add(row.ToString(CultureInfo.InvariantCulture));
            }
        }

        return string.Join(',', rows);
    }
}
