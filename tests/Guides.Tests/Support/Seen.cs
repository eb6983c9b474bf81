namespace Guides.Tests.Support;

/// <summary>Waits for what a handler was told, with a limit.</summary>
internal sealed class Seen<T>
{
    private readonly TaskCompletionSource<T> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsTold => _seen.Task.IsCompleted;

    public void Tell(T what) => _seen.TrySetResult(what);

    public async Task<T> Async(string what)
    {
        try
        {
            return await _seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited 30 s for {what}.");
        }
    }
}
