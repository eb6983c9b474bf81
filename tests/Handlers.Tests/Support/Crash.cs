namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Stands for the death of the process: nothing catches it, nothing retries it.</summary>
internal sealed class Crash : Exception;
