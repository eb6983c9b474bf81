namespace Flatfile.Agent.Core.Binding;

/// <summary>A filter that threw.</summary>
/// <param name="Binding">Whose it is.</param>
/// <param name="Fault">What it threw.</param>
internal sealed record FilterFault(HandlerBinding Binding, Exception Fault);
