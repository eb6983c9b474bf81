using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>What stands on a row for which a rule does not hold.</summary>
/// <param name="Fields">The fields that carry it.</param>
/// <param name="Level">How heavy it is.</param>
/// <param name="Text">What a person reads.</param>
internal sealed record RuleMessage(IReadOnlyList<string> Fields, MessageLevel Level, string Text)
{
    /// <summary>The constraint's own words and level where it has some.</summary>
    public static RuleMessage Of(IReadOnlyList<string> fields, ConstraintConfig? config, string text) => new(
        fields,
        config?.Level switch { ValidationLevel.Warn => MessageLevel.Warn, ValidationLevel.Info => MessageLevel.Info, _ => MessageLevel.Error },
        string.IsNullOrWhiteSpace(config?.Message) ? text : config.Message);

    public void WriteOn(FlatfileRecord record)
    {
        foreach (var field in Fields)
        {
            switch (Level)
            {
                case MessageLevel.Error:
                    record.AddError(field, Text);
                    break;
                case MessageLevel.Warn:
                    record.AddWarning(field, Text);
                    break;
                default:
                    record.AddInfo(field, Text);
                    break;
            }
        }
    }
}
