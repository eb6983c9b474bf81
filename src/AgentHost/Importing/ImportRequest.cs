using Flatfile.Agent.Host.Commands;

namespace Flatfile.Agent.Host.Importing;

/// <summary>An import as the person asked for it.</summary>
internal sealed record ImportRequest(HostSettings Settings, IReadOnlyList<string> Files, string Space, string? To, string? Key, bool Json);
