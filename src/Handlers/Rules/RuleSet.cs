using Flatfile.Agent.Handlers.Rules.Expressions;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>The rules of one sheet, read from its blueprint: constraints of type <c>external</c> with a validator of ours, and default values.</summary>
/// <remarks>Validators of other names belong to somebody else's listener. Required, unique, enum and reference constraints are the platform's own.</remarks>
internal sealed class RuleSet
{
    private const string Expression = "expression";
    private const string Reference = "reference";
    private const string CompositeUnique = "compositeUnique";

    private readonly List<DefaultValue> _defaults = [];
    private readonly List<SheetRule> _rules = [];
    private readonly List<string> _faults = [];

    private RuleSet()
    {
    }

    /// <summary>True when there is nothing to fill and nothing to check.</summary>
    public bool IsEmpty => _defaults.Count == 0 && _rules.Count == 0 && _faults.Count == 0;

    /// <summary>What is wrong with the rules, one sentence each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads the rules of a sheet.</summary>
    /// <param name="config">The sheet.</param>
    /// <param name="presentIn">A look-up of values in a field of another sheet, given its slug and the field; null when there is no such sheet or field.</param>
    /// <param name="time">The clock behind <c>today()</c>.</param>
    public static RuleSet Of(SheetConfig config, Func<string, string, RecordLookup<string, bool>?> presentIn, TimeProvider time)
    {
        var set = new RuleSet();
        var fields = new RuleFields(config.Fields);
        foreach (var field in config.Fields)
        {
            if (DefaultValue.Of(field) is { } filled)
            {
                set._defaults.Add(filled);
            }

            foreach (var constraint in (field.Constraints ?? []).Where(c => c.Type == ConstraintType.External))
            {
                set.Add($"field '{field.Key}'", constraint.Validator, constraint.Config, [field.Key], fields, presentIn, time);
            }
        }

        foreach (var constraint in (config.Constraints ?? []).Where(c => c.Type == ConstraintType.External))
        {
            set.Add("the sheet", constraint.Validator, constraint.Config, constraint.Fields ?? [], fields, presentIn, time);
        }

        return set;
    }

    /// <summary>Whether a sheet may have rules or defaults; asked before anything is looked up for them.</summary>
    public static bool MayHaveRules(SheetConfig config) =>
        config.Fields.Any(f => DefaultValue.Of(f) is not null || f.Constraints?.Any(c => IsOurs(c.Type, c.Validator)) == true)
        || config.Constraints?.Any(c => IsOurs(c.Type, c.Validator)) == true;

    /// <exception cref="JobFailedException">The blueprint has a rule that cannot be read: no row can be checked.</exception>
    public void RequireReadable()
    {
        if (_faults.Count > 0)
        {
            throw new JobFailedException($"{string.Join(" ", _faults)} Correct the blueprint of the sheet.");
        }
    }

    public void Fill(IReadOnlyList<FlatfileRecord> records)
    {
        foreach (var record in records)
        {
            _defaults.ForEach(d => d.Fill(record));
        }
    }

    public async Task CheckAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        foreach (var rule in _rules)
        {
            await rule.CheckAsync(records, cancellationToken);
        }
    }

    private static bool IsOurs(string type, string? validator) =>
        type == ConstraintType.External && KindOf(validator) is Expression or Reference or CompositeUnique;

    /// <summary>What stands behind a colon only tells rules of one field apart.</summary>
    private static string? KindOf(string? validator) => validator?.Split(':', 2)[0];

    private void Add(
        string place, string? validator, ConstraintConfig? config, IReadOnlyList<string> on, RuleFields fields, Func<string, string, RecordLookup<string, bool>?> presentIn, TimeProvider time)
    {
        if (IsOurs(ConstraintType.External, validator) && on.Count == 0)
        {
            _faults.Add($"A rule of {place} names no 'fields' that carry its message.");
            return;
        }

        switch (KindOf(validator))
        {
            case Expression:
                AddExpression(place, config, on, fields, time);
                break;
            case Reference:
                AddReference(place, config, on, presentIn);
                break;
            case CompositeUnique:
                _faults.Add($"""A rule of {place} is 'compositeUnique': write it as the sheet's own constraint, {"{"}"type":"unique","fields":[…],"strategy":"concat"{"}"}. The platform watches over it in the whole sheet.""");
                break;
        }
    }

    private void AddExpression(string place, ConstraintConfig? config, IReadOnlyList<string> on, RuleFields fields, TimeProvider time)
    {
        if (Text(config, "expression") is not { } rule)
        {
            _faults.Add($"A rule of {place} has no text 'expression' in its config.");
            return;
        }

        try
        {
            _rules.Add(new ExpressionRule(ExpressionParser.Parse(rule, fields), RuleMessage.Of(on, config, $"This must hold: {rule}"), time));
        }
        catch (ExpressionException fault)
        {
            _faults.Add($"The rule of {place}, {rule}, cannot be read. {fault.Message}");
        }
    }

    private void AddReference(string place, ConstraintConfig? config, IReadOnlyList<string> on, Func<string, string, RecordLookup<string, bool>?> presentIn)
    {
        if (Text(config, "sheet") is not { } sheet || Text(config, "field") is not { } field)
        {
            _faults.Add($"The rule of {place} is 'reference' and has no texts 'sheet' and 'field' in its config.");
        }
        else if (presentIn(sheet, field) is not { } present)
        {
            _faults.Add($"The rule of {place} refers to the field '{field}' of the sheet '{sheet}', which is not in this workbook.");
        }
        else
        {
            _rules.AddRange(on.Select(own => new ReferenceRule(own, present, RuleMessage.Of([own], config, $"No row of sheet '{sheet}' has this value in '{field}'"))));
        }
    }

    private static string? Text(ConstraintConfig? config, string member) =>
        config?.More?.TryGetValue(member, out var value) == true && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString() : null;
}
