namespace Flatfile.Agent.Handlers.Tests.TypedHooks;

[Sheet("teams")]
internal sealed partial record Team
{
    [Field("team_code", Unique = true)]
    public required string Code { get; init; }
}
