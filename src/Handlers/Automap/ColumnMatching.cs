using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Scores every pair of a column and a field, and finds the best pairs for all of them together.</summary>
internal sealed class ColumnMatching
{
    /// <summary>From here on a pair is mapped.</summary>
    public const double Mapped = 0.75;

    /// <summary>From here on it is worth telling a person.</summary>
    public const double Suggested = 0.5;

    /// <summary>Two candidates nearer than this are asked about, unless one has the field's declared name.</summary>
    private const double Close = 0.06;

    /// <summary>A word that so many columns share says nothing of one of them.</summary>
    private const double CommonShare = 0.6;
    private const int CommonColumns = 4;

    private readonly Sheet _sheet;
    private readonly MatchKnowledge _knowledge;
    private readonly List<NameForms> _columns;
    private readonly List<NameForms> _fields;
    private readonly MappedColumn?[,] _pairs;

    public ColumnMatching(IReadOnlyList<Property> columns, Sheet sheet, MatchKnowledge knowledge)
    {
        (_sheet, _knowledge) = (sheet, knowledge);
        (_columns, _fields) = ([.. columns.Select(c => new NameForms(c))], [.. sheet.Config.Fields.Select(f => new NameForms(f))]);
        var names = new NameComparison(WeakWords());
        var options = _fields.ConvertAll(f => EnumMatch.Of(f.Property));
        _pairs = new MappedColumn?[_columns.Count, _fields.Count];
        for (var c = 0; c < _columns.Count; c++)
        {
            for (var f = 0; f < _fields.Count; f++)
            {
                _pairs[c, f] = Pair(names, _columns[c], _fields[f], options[f]);
            }
        }
    }

    public (List<MappedColumn> Mapped, List<MappedColumn> Suggested, List<MappingQuestion> Questions) Solve()
    {
        var scores = new double[_columns.Count, _fields.Count];
        for (var c = 0; c < _columns.Count; c++)
        {
            for (var f = 0; f < _fields.Count; f++)
            {
                scores[c, f] = _pairs[c, f] is { } pair && pair.Confidence >= Suggested ? WorthOf(pair) : 0;
            }
        }

        var fieldOf = Assignment.Best(scores);
        var (mapped, suggested, questions) = (new List<MappedColumn>(), new List<MappedColumn>(), new List<MappingQuestion>());
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < _columns.Count; c++)
        {
            if (fieldOf[c] < 0 || _pairs[c, fieldOf[c]] is not { } pair || asked.Contains(pair.From.Key))
            {
                continue;
            }

            var rivals = Rivals(c, fieldOf[c], fieldOf);
            if (pair.Confidence < Mapped)
            {
                suggested.Add(pair);
            }
            else if (rivals.Count > 0)
            {
                questions.Add(QuestionOf([pair, .. rivals]));
                asked.UnionWith(rivals.Select(r => r.From.Key));
            }
            else
            {
                mapped.Add(pair);
            }
        }

        mapped.RemoveAll(m => asked.Contains(m.From.Key));
        return (mapped, suggested, questions);
    }

    /// <summary>A declared name is worth more than likely ones beside it, and a pair that is mapped more than two that are only suggested.</summary>
    private static double WorthOf(MappedColumn pair) =>
        pair.Confidence + (pair.Confidence >= Mapped ? 1 : 0) + (pair.Closeness >= NameCloseness.Alternative ? (double)pair.Closeness : 0);

    private MappedColumn? Pair(NameComparison names, NameForms column, NameForms field, EnumMatch? options)
    {
        if (GivenFor(column) is { } given)
        {
            return given == field.Property.Key ? new MappedColumn(column.Property, field.Property, NameCloseness.Given, 1, "the option mapping says so") : null;
        }

        if (column.Normalised.Any(n => _knowledge.Learnt.TryGetValue((_sheet.Slug, n), out var learnt) && learnt == field.Property.Key))
        {
            return new MappedColumn(column.Property, field.Property, NameCloseness.Learnt, 0.97, "it was accepted for an earlier file");
        }

        var name = names.Compare(column, field);
        if (_knowledge.OnlyExact && name.Closeness < NameCloseness.Alternative)
        {
            return null;
        }

        var references = field.Property.Config is { Ref: { } sheet, Key: { } key } ? _knowledge.References.GetValueOrDefault((sheet, key)) : null;
        var values = ValueEvidence.Of(_knowledge.Profiles.GetValueOrDefault(column.Property.Key), field, options, references);
        return Weighed(column.Property, field.Property, name, values);
    }

    private static MappedColumn? Weighed(Property column, Property field, NameScore name, ValueEvidence values)
    {
        if (name.Score == 0)
        {
            return values.Fit >= 0.3 ? new MappedColumn(column, field, NameCloseness.Values, 0.5 + (values.Fit / 10), $"not by its name, but {values.Reason}") : null;
        }

        var score = values.Fit >= 0 ? name.Score + ((1 - name.Score) * values.Fit)
            : name.Closeness >= NameCloseness.Alternative ? name.Score * (1 + (values.Fit / 5))
            : name.Score * (1 + values.Fit);
        var link = values.Fit >= 0 ? "and" : "but";
        return new MappedColumn(column, field, name.Closeness, Math.Round(score, 3), values.Reason.Length == 0 ? name.Reason : $"{name.Reason}, {link} {values.Reason}");
    }

    private string? GivenFor(NameForms column) =>
        column.Texts.Select(t => _knowledge.Given.GetValueOrDefault(t)).FirstOrDefault(g => g is not null);

    /// <summary>Pairs that could as well stand in the place of this one: the same column with a field that is free, the same field with a column that is free.</summary>
    private List<MappedColumn> Rivals(int column, int field, int[] fieldOf)
    {
        var pair = _pairs[column, field]!;
        if (pair.Closeness >= NameCloseness.Learnt)
        {
            return [];
        }

        var taken = fieldOf.Where(f => f >= 0).ToHashSet();
        var rivals = Enumerable.Range(0, _fields.Count).Where(f => f != field && !taken.Contains(f)).Select(f => _pairs[column, f])
            .Concat(Enumerable.Range(0, _columns.Count).Where(c => c != column && fieldOf[c] < 0).Select(c => _pairs[c, field]));
        return [.. rivals.OfType<MappedColumn>()
            .Where(r => r.Confidence >= Suggested && (pair.Closeness >= NameCloseness.Alternative ? r.Closeness == pair.Closeness : r.Confidence > pair.Confidence - Close))
            .OrderByDescending(r => r.Confidence)];
    }

    private static MappingQuestion QuestionOf(List<MappedColumn> candidates)
    {
        var columns = candidates.Select(c => c.FromName).Distinct().ToList();
        var fields = candidates.Select(c => c.To.Key).Distinct().ToList();
        var what = columns.Count > 1
            ? $"the columns {Joined(columns)} fit the field '{fields[0]}' equally well"
            : $"the column {Joined(columns)} fits the fields {Joined(fields)} equally well";
        return new MappingQuestion($"{char.ToUpperInvariant(what[0])}{what[1..]}, so none is mapped. Say which with the option mapping, such as {{\"{columns[0]}\": \"{fields[0]}\"}}.", candidates);
    }

    private static string Joined(IEnumerable<string> names) => string.Join(" and ", names.Select(n => $"'{n}'"));

    private HashSet<string> WeakWords()
    {
        var weak = Vocabulary.Read(_sheet.Name).Select(w => w.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var names in new[] { _columns, _fields }.Where(n => n.Count >= CommonColumns))
        {
            weak.UnionWith(names.SelectMany(n => n.Words.SelectMany(w => w).Select(w => w.Text).Distinct()).GroupBy(w => w).Where(g => g.Count() >= names.Count * CommonShare).Select(g => g.Key));
        }

        return weak;
    }
}
