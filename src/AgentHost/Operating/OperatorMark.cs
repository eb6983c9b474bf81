namespace Flatfile.Agent.Host.Operating;

/// <summary>Stands on every endpoint that only the operator's key opens.</summary>
internal sealed class OperatorMark;
