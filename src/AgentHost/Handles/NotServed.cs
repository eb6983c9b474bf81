namespace Flatfile.Agent.Host.Handles;

/// <summary>Among a connection's features: there was no place for it.</summary>
internal sealed class NotServed;
