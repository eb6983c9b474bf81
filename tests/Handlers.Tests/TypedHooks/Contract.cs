namespace Flatfile.Agent.Handlers.Tests.TypedHooks;

internal enum Contract
{
    Permanent,

    [Option("fixed", Label = "For a time", AlternativeNames = ["temp"])]
    FixedTerm,

    [Option("trial")]
    Trial,
}
