namespace Flatfile.Agent.Host.Serving;

/// <summary>Where the server of a data folder answers, as <c>server.json</c> says while it runs.</summary>
/// <param name="Url">The address.</param>
/// <param name="Pid">The process.</param>
/// <param name="HasSpaces">False when only the agent answers there, for a Flatfile elsewhere.</param>
internal sealed record ServerAddress(string Url, int Pid, bool HasSpaces = true);
