namespace Flatfile.Agent.Host.Serving;

/// <summary>Where the server of a data folder answers, as <c>server.json</c> says while it runs.</summary>
internal sealed record ServerAddress(string Url, int Pid);
