using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Operating;

/// <summary>A request of an operator that cannot be done: what is wrong, why, and what to do.</summary>
internal sealed class OperatorFault(int status, string what, string why, string toDo, Exception? inner = null) : Exception(what, inner)
{
    public int Status { get; } = status;

    public string Why { get; } = why;

    public string ToDo { get; } = toDo;

    /// <summary>The same for the person at the keyboard who asked by a command.</summary>
    /// <param name="exitCode">What the command answers; unless told, by whether the request or the agent is to blame.</param>
    public UserFault ForPerson(int? exitCode = null) => new(Message, Why, ToDo, exitCode ?? (Status is 500 or 502 or 503 ? ExitCodes.Failed : ExitCodes.Usage), this);

    public static OperatorFault BadRequest(string what, string why, string toDo) => new(400, what, why, toDo);
}
