namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Stands on the few endpoints below a dashboard that nobody must be known for: signing in, and the look of that page.</summary>
internal sealed class OpenToAll;
