namespace Core.Tests.Plugins;

/// <summary>Counts what was disposed.</summary>
public sealed class DisposalLog
{
    public int Count { get; set; }
}
