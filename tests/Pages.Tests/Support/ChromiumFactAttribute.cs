using Contracts.Support;

namespace Pages.Tests.Support;

/// <summary>A test in a real browser: skipped with a sentence where there is none, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Requirement.SkipReason(Chromium.Missing);
}
