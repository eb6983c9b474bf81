namespace Flatfile.Agent.Host.Operating;

/// <summary>A fault as it travels.</summary>
internal sealed record FaultView(FaultText Error);
