namespace Contracts.Support;

/// <summary>What a test does without something that must be installed: it is skipped with a sentence, or fails where <c>REQUIRE_ALL=1</c> says that all must run.</summary>
public static class Requirement
{
    public static string? SkipReason(string? missing) =>
        Environment.GetEnvironmentVariable("REQUIRE_ALL") == "1" ? null : missing;
}
