namespace Flatfile.Agent.Core.Dispatch;

/// <summary>A handler goes on although its token fired.</summary>
internal sealed class StuckHandlerException(TimeSpan? limit, Task running)
    : Exception(limit is null ? "The handler did not end when it was told to." : $"The handler took longer than {limit} and did not end when it was told to.")
{
    /// <summary>What still runs.</summary>
    public Task Running { get; } = running;
}
