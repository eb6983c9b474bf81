namespace Flatfile.Agent.Handlers.Validation;

/// <summary>What a check found.</summary>
/// <param name="Problem">What is wrong and what to do; null when the value is right.</param>
/// <param name="Normalised">The value in its usual form, when it can be told and differs: offered, never written by itself.</param>
public sealed record CheckResult(string? Problem, string? Normalised = null)
{
    /// <summary>Nothing is wrong.</summary>
    public static CheckResult Right { get; } = new((string?)null);

    /// <summary>Nothing is wrong.</summary>
    public bool IsValid => Problem is null;
}
