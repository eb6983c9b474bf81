using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Ffql;

/// <summary>Compiles a parsed query into a condition on <c>x</c>. Texts of the query become parameters, names columns of ours.</summary>
internal sealed class FfqlCondition
{
    /// <summary>Comparisons of one field: a comparison of any field counts as many as there are fields.</summary>
    private const int Most = 3_000;

    /// <summary>Runs of any characters in one pattern: each makes the comparison with a long text slower.</summary>
    private const int MostRuns = 50;

    private readonly SheetSchema _schema;
    private readonly CellTest _tests;
    private int _count;

    public FfqlCondition(SqliteConnection connection, SheetSchema schema, Selection selection)
    {
        _schema = schema;
        _tests = new CellTest(connection, selection);
    }

    /// <exception cref="RecordBodyException">The query names what the sheet has not, or compares what cannot be compared.</exception>
    public string Of(FfqlNode node) => node switch
    {
        FfqlGroup { IsAll: true } group => RecordSql.All([.. group.Parts.Select(Of)]),
        FfqlGroup group => RecordSql.Any([.. group.Parts.Select(Of)]),
        FfqlComparison comparison => Comparison(comparison),
        FfqlStatus status => Status(status),
        _ => throw new InvalidOperationException($"A query holds a {node.GetType().Name}, which nobody compiles."),
    };

    /// <summary>The columns in which every row the query takes must hold one value.</summary>
    public IEnumerable<SoughtColumn> Sought(FfqlNode node) => node switch
    {
        FfqlGroup { IsAll: true } group => group.Parts.SelectMany(Sought),
        FfqlComparison { Operator: FfqlOperator.Eq, Field: { } name, Value.Length: > 0 } comparison => CellTest.Sought(FieldOf(name), comparison.Value),
        _ => [],
    };

    private string Comparison(FfqlComparison comparison)
    {
        if (comparison.Value.Length == 0 && comparison.Operator is not (FfqlOperator.Eq or FfqlOperator.Ne or FfqlOperator.Like or FfqlOperator.Ilike))
        {
            throw FfqlParser.Fault(comparison.Position, "an empty text is compared with eq and ne only.");
        }

        if (comparison.Operator is FfqlOperator.Like or FfqlOperator.Ilike && comparison.Value.Count(letter => letter == '%') > MostRuns)
        {
            throw FfqlParser.Fault(comparison.Position, $"a pattern takes at most {MostRuns} '%'.");
        }

        if (comparison.Operator == FfqlOperator.Ne)
        {
            // Also for any field: no cell is it.
            return $"({Comparison(comparison with { Operator = FfqlOperator.Eq })} IS NOT TRUE)";
        }

        if (comparison.Field is { } name)
        {
            Count(1);
            var field = FieldOf(name);
            return _tests.Of(field, comparison.Operator, comparison.Value)
                ?? throw FfqlParser.Fault(comparison.Position, CannotBe(field, comparison));
        }

        Count(_schema.Fields.Count);
        return RecordSql.Any([.. _tests.OfAny(_schema.Fields, comparison.Operator, comparison.Value)]);
    }

    private static string CannotBe(SheetField field, FfqlComparison comparison)
    {
        var operation = comparison.Operator.ToString().ToLowerInvariant();
        return field.Kind switch
        {
            FieldKind.Number => $"field '{field.Key}' holds numbers, and {operation} needs one to compare with.",
            FieldKind.Date => $"field '{field.Key}' holds dates, and {operation} needs one (YYYY-MM-DD) to compare with.",
            _ => $"field '{field.Key}' holds true or false, which have no order. Use eq or ne.",
        };
    }

    private string Status(FfqlStatus status)
    {
        if (status.Field is { } name)
        {
            Count(1);
            return OfLevel(FieldOf(name), status.Level);
        }

        switch (status.Level)
        {
            case "error":
                return "x.bad IS NOT NULL";
            case "valid":
                return "x.bad IS NULL";
            default:
                Count(_schema.Fields.Count);
                return $"(x.flags IS NOT NULL AND {RecordSql.Any([.. _schema.Fields.Select(field => OfLevel(field, status.Level))])})";
        }
    }

    private string OfLevel(SheetField field, string level)
    {
        var column = field.Column.ToString(CultureInfo.InvariantCulture);
        return level switch
        {
            "error" => $"(x.bad IS NOT NULL AND instr(x.bad, ',{column},') > 0)",
            "valid" => $"(x.bad IS NULL OR instr(x.bad, ',{column},') = 0)",
            _ => RecordSql.Any([.. FlagsOf(field, level).Select(flag => $"ifnull(instr(x.flags, ',{column}{flag},'), 0) > 0")]),
        };
    }

    /// <summary>The flags that mean a message of this level: what somebody wrote, and constraints of this level.</summary>
    private IEnumerable<string> FlagsOf(SheetField field, string level)
    {
        yield return (level == Api.ValidationLevel.Warn ? CellFlag.CustomWarning : CellFlag.CustomInfo).ToString();
        if (field.Required?.Level == level)
        {
            yield return CellFlag.Required.ToString();
        }

        foreach (var rule in _schema.UniqueRules.Where(rule => rule.Message.Level == level && rule.Columns.Contains(field.Column)))
        {
            yield return rule.Flag;
        }
    }

    /// <summary>By key, else by label; where only one differs in nothing but case, that one.</summary>
    private SheetField FieldOf(FfqlToken name)
    {
        if (_schema.Find(name.Text) is { } exact)
        {
            return exact;
        }

        foreach (var comparison in (StringComparison[])[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            var found = _schema.Fields.Where(field => string.Equals(field.Property.Label, name.Text, comparison)
                || (comparison == StringComparison.OrdinalIgnoreCase && string.Equals(field.Key, name.Text, comparison))).Take(2).ToList();
            if (found.Count == 1)
            {
                return found[0];
            }

            if (found.Count > 1)
            {
                throw FfqlParser.Fault(name.Position, $"several fields are called {name.Shown}. Use the key: {string.Join(" or ", found.Select(field => field.Key))}.");
            }
        }

        var known = string.Join(", ", _schema.Fields.Take(20).Select(field => field.Key));
        throw FfqlParser.Fault(name.Position, $"expected a field of sheet '{_schema.Definition.Slug}', found {name.Shown}. It has: {known}.");
    }

    private void Count(int tests)
    {
        if ((_count += tests) > Most)
        {
            throw new RecordBodyException($"q: the query makes more than {Most:N0} comparisons; one without a field makes one for each field. Name fields, or ask for less at once.", "q");
        }
    }
}
