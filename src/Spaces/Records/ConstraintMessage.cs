namespace Flatfile.Spaces.Records;

/// <summary>Text and weight of a constraint's message.</summary>
internal sealed record ConstraintMessage(string Source, string Level, string Text)
{
    public bool IsError => Level == Api.ValidationLevel.Error;

    /// <summary>Takes the constraint's own words and level where it has some.</summary>
    public static ConstraintMessage Of(string source, Api.ConstraintConfig? config, string text) => new(
        source,
        config?.Level is Api.ValidationLevel.Warn or Api.ValidationLevel.Info ? config.Level : Api.ValidationLevel.Error,
        string.IsNullOrEmpty(config?.Message) ? text : config.Message);
}
