using Flatfile.Agent.Host.Commands;

namespace Flatfile.Agent.Host.Serving;

/// <summary>Which server a command is to talk to.</summary>
/// <param name="Settings">With the data folder, whose server it is unless told otherwise.</param>
/// <param name="Url">A server elsewhere, as given.</param>
/// <param name="Key">Its key, as given.</param>
/// <param name="Option">The option that names the server, for messages.</param>
internal sealed record ServerChoice(HostSettings Settings, string? Url, string? Key, string Option);
