namespace Flatfile.Agent.Core.Binding;

/// <summary>Which handlers an event is for.</summary>
/// <param name="Bindings">Those, in order, each once, fallbacks having stepped aside.</param>
/// <param name="Faulty">Those of which nobody knows, because their filter throws on this event and no other rule of theirs matches it.</param>
internal sealed record BindingMatch(IReadOnlyList<HandlerBinding> Bindings, IReadOnlyList<FilterFault> Faulty)
{
    public static readonly BindingMatch Nobody = new([], []);
}
