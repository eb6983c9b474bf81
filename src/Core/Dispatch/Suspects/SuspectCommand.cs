namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>How the process for suspected handlers is started. Nothing secret stands here: everybody on the machine can read it.</summary>
internal sealed record SuspectCommand(string Program, IReadOnlyList<string> Arguments);
