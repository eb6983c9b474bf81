namespace Flatfile.Agent.Host.Faults;

/// <summary>A fault the person at the keyboard can cure: what is wrong, why, and what to do. Shown without a stack.</summary>
internal sealed class UserFault(string what, string why, string toDo, int exitCode = ExitCodes.Usage, Exception? inner = null)
    : Exception(what, inner)
{
    public string Why { get; } = why;

    public string ToDo { get; } = toDo;

    public int ExitCode { get; } = exitCode;
}
