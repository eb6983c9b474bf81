namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>A handler threw in another process.</summary>
internal sealed class SuspectFailedException(SuspectFault fault) : Exception(fault.Message)
{
    public SuspectFault Fault { get; } = fault;

    /// <summary>The exception of the other process, with its stack.</summary>
    public override string ToString() => Fault.Text;
}
