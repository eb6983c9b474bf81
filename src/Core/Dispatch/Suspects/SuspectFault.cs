namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>What a handler threw in another process, as far as this one needs to know it.</summary>
/// <param name="Message">The exception's message.</param>
/// <param name="Text">The exception with its stack.</param>
/// <param name="IsPermanent">Repeating cannot help.</param>
/// <param name="RetryAfter">How long the other side asked to wait, or null.</param>
internal sealed record SuspectFault(string Message, string Text, bool IsPermanent, TimeSpan? RetryAfter)
{
    public static SuspectFault Of(Exception fault) =>
        new(fault.Message, fault.ToString(), FaultKinds.IsPermanent(fault), FaultKinds.RetryAfter(fault));
}
