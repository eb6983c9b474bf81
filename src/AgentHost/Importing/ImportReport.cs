namespace Flatfile.Agent.Host.Importing;

/// <summary>What an import answers: the one object of <c>--json</c>.</summary>
internal sealed record ImportReport
{
    public required string Url { get; init; }

    public required string SpaceId { get; init; }

    public required IReadOnlyList<FileReport> Files { get; init; }

    public required int ExitCode { get; init; }
}
