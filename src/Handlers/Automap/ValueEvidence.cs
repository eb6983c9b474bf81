using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What the values of a column say for or against a field.</summary>
/// <param name="Fit">From -1, they cannot be its values, to 1, they look like nothing else.</param>
/// <param name="Reason">Why, as the end of a sentence; empty when they say nothing.</param>
internal readonly record struct ValueEvidence(double Fit, string Reason)
{
    private const double Plain = 0.1;
    private const double Telling = 0.3;
    private const double Strong = 0.45;
    private const double Against = -0.5;

    private static readonly ValueEvidence Nothing = new(0, "");

    private static readonly (string Word, ColumnType Type)[] Telltales =
        [("email", ColumnType.Email), ("website", ColumnType.Url), ("phone", ColumnType.Phone), ("mobile", ColumnType.Phone), ("fax", ColumnType.Phone)];

    public static ValueEvidence Of(TypedColumn? column, NameForms field, EnumMatch? options, IReadOnlySet<string>? references)
    {
        if (column is null || column.Type == ColumnType.Empty)
        {
            return Nothing;
        }

        var evidence = field.Property.Type switch
        {
            PropertyType.Number => OfNumber(column),
            PropertyType.Boolean => OfBoolean(column),
            PropertyType.Date => OfDate(column),
            PropertyType.Enum => OfEnum(column, options),
            PropertyType.Reference => OfReference(column, references),
            _ => OfText(column, field),
        };
        return evidence.Fit > Against && column.IsUnique == false && IsUnique(field.Property) ? new ValueEvidence(evidence.Fit - Telling, "values stand there twice, and the field must be unique") : evidence;
    }

    private static ValueEvidence OfNumber(TypedColumn column) => column.Type switch
    {
        ColumnType.Integer or ColumnType.Decimal or ColumnType.Percent or ColumnType.Amount => new ValueEvidence(Plain, "its values are numbers"),
        ColumnType.Identifier or ColumnType.Boolean when column.Values.All(v => double.TryParse(v.Key, System.Globalization.CultureInfo.InvariantCulture, out _)) => Nothing,
        _ => new ValueEvidence(Against, $"the field wants numbers, and its values are {Noun(column)}"),
    };

    private static ValueEvidence OfBoolean(TypedColumn column) =>
        column.Reading is BooleanReading || column.Alternatives.Any(a => a is BooleanReading)
            ? new ValueEvidence(Plain, "its values are truth values")
            : new ValueEvidence(Against, $"the field wants truth values, and its values are {Noun(column)}");

    private static ValueEvidence OfDate(TypedColumn column) =>
        column.Type is ColumnType.Date or ColumnType.DateTime ? new ValueEvidence(Plain, "its values are dates")
        : column.Alternatives.Any(a => a is SerialDateReading) ? Nothing
        : new ValueEvidence(Against, $"the field wants dates, and its values are {Noun(column)}");

    private static ValueEvidence OfEnum(TypedColumn column, EnumMatch? options)
    {
        if (options is null || column.Values.Count == 0)
        {
            return Nothing;
        }

        var all = column.Values.Sum(v => v.Value);
        var share = (double)column.Values.Where(v => options.Find(v.Key) is not null).Sum(v => v.Value) / all;
        return share >= 0.8 && column.Values.Count > 1 ? new ValueEvidence(Strong, $"{Percent(share)} of its values are options of the field")
            : share >= 0.5 ? Nothing
            : new ValueEvidence(Against, $"only {Percent(share)} of its values are options of the field");
    }

    private static ValueEvidence OfReference(TypedColumn column, IReadOnlySet<string>? references)
    {
        if (references is null or { Count: 0 } || column.Values.Count == 0)
        {
            return Nothing;
        }

        var share = (double)column.Values.Count(v => references.Contains(v.Key)) / column.Values.Count;
        return share >= 0.8 ? new ValueEvidence(Strong, $"{Percent(share)} of its values stand in the sheet the field refers to")
            : share > 0 ? Nothing
            : new ValueEvidence(Against, "none of its values stands in the sheet the field refers to");
    }

    private static ValueEvidence OfText(TypedColumn column, NameForms field)
    {
        var words = field.Words.SelectMany(w => w).Select(w => w.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (word, type) in Telltales.Where(t => words.Contains(t.Word)))
        {
            return column.Type == type ? new ValueEvidence(Telling, $"its values are {Noun(column)}")
                : type == ColumnType.Phone && column.Type is (ColumnType.Text or ColumnType.Identifier or ColumnType.Integer or ColumnType.Enum) ? Nothing
                : column.Type is ColumnType.Text ? new ValueEvidence(-0.2, $"its values are no {word}")
                : new ValueEvidence(Against, $"its values are {Noun(column)} and no {word}");
        }

        var isName = words.Contains("name") || words.Contains("city") || words.Contains("country") || words.Contains("company");
        return isName && column.Type is (ColumnType.Email or ColumnType.Date or ColumnType.DateTime or ColumnType.Decimal or ColumnType.Amount or ColumnType.Url)
            ? new ValueEvidence(Against, $"its values are {Noun(column)} and no names")
            : Nothing;
    }

    private static string Percent(double share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0}%");

    private static bool IsUnique(Property field) => field.Constraints?.Any(c => c.Type == ConstraintType.Unique) == true;

    private static string Noun(TypedColumn column) => column.Type switch
    {
        ColumnType.Integer or ColumnType.Decimal => "numbers",
        ColumnType.Percent => "percentages",
        ColumnType.Amount => "amounts of money",
        ColumnType.Boolean => "truth values",
        ColumnType.Date or ColumnType.DateTime => "dates",
        ColumnType.Time => "times",
        ColumnType.Duration => "lengths of time",
        ColumnType.Identifier => "codes",
        ColumnType.Email => "addresses of electronic mail",
        ColumnType.Url => "addresses of the web",
        ColumnType.Phone => "telephone numbers",
        _ => "texts",
    };
}
